import type { Language } from "../../codebase.ts";
import type { LanguageRules } from "../grammar.ts";
import { ecmascriptRules } from "./ecmascript.ts";
import { pythonRules } from "./python.ts";

const none: LanguageRules = { comments: "slash", decorators: null, rules: {}, finish: () => {} };

export const rulesByLanguage: Readonly<Record<Language, LanguageRules>> = {
  typescript: ecmascriptRules,
  tsx: ecmascriptRules,
  javascript: ecmascriptRules,
  python: pythonRules,
  go: none,
  rust: none,
  java: none,
  "c-sharp": none,
  ruby: none,
  php: none,
  cpp: none,
};
