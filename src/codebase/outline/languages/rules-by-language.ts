import type { Language } from "../../codebase.ts";
import type { LanguageRules } from "../grammar.ts";
import { cSharpRules } from "./c-sharp.ts";
import { cppRules } from "./cpp.ts";
import { ecmascriptRules } from "./ecmascript.ts";
import { goRules } from "./go.ts";
import { javaRules } from "./java.ts";
import { phpRules } from "./php.ts";
import { pythonRules } from "./python.ts";
import { rubyRules } from "./ruby.ts";
import { rustRules } from "./rust.ts";

export const rulesByLanguage: Readonly<Record<Language, LanguageRules>> = {
  typescript: ecmascriptRules,
  tsx: ecmascriptRules,
  javascript: ecmascriptRules,
  python: pythonRules,
  go: goRules,
  rust: rustRules,
  java: javaRules,
  "c-sharp": cSharpRules,
  ruby: rubyRules,
  php: phpRules,
  cpp: cppRules,
};
