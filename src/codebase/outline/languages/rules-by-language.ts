import type { Language } from "../../codebase.ts";
import type { LanguageRules } from "../grammar.ts";
import { cSharpRules } from "./c-sharp.ts";
import { ecmascriptRules } from "./ecmascript.ts";
import { goRules } from "./go.ts";
import { javaRules } from "./java.ts";
import { pythonRules } from "./python.ts";
import { rustRules } from "./rust.ts";

const none: LanguageRules = { comments: "slash", decorators: null, rules: {}, finish: () => {} };

export const rulesByLanguage: Readonly<Record<Language, LanguageRules>> = {
  typescript: ecmascriptRules,
  tsx: ecmascriptRules,
  javascript: ecmascriptRules,
  python: pythonRules,
  go: goRules,
  rust: rustRules,
  java: javaRules,
  "c-sharp": cSharpRules,
  ruby: none,
  php: none,
  cpp: none,
};
