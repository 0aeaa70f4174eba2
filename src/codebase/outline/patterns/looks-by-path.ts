import type { Language } from "../../codebase.ts";
import type { OutlineRequest } from "../outline.ts";
import { cppLook, cSharpLook, goLook, javaLook, rustLook } from "./look-at-compiled.ts";
import { ecmascriptLook } from "./look-at-ecmascript.ts";
import { dartLook, kotlinLook, scalaLook, swiftLook } from "./look-at-others.ts";
import { phpLook, pythonLook, rubyLook } from "./look-at-scripts.ts";
import type { PatternLanguage } from "./pattern-language.ts";

const looksByLanguage: Readonly<Record<Language, PatternLanguage>> = {
  typescript: ecmascriptLook,
  tsx: ecmascriptLook,
  javascript: ecmascriptLook,
  python: pythonLook,
  go: goLook,
  rust: rustLook,
  java: javaLook,
  "c-sharp": cSharpLook,
  ruby: rubyLook,
  php: phpLook,
  cpp: cppLook,
};

const looksByEnding = new Map<string, PatternLanguage>([
  ["kt", kotlinLook],
  ["kts", kotlinLook],
  ["swift", swiftLook],
  ["scala", scalaLook],
  ["sc", scalaLook],
  ["dart", dartLook],
  ["vue", ecmascriptLook],
  ["svelte", ecmascriptLook],
]);

/** How a file looks, by its language or else the ending of its path; null where neither says anything. */
export function looksOf({ language, path }: OutlineRequest): PatternLanguage | null {
  if (language !== null) return looksByLanguage[language];
  return looksByEnding.get(path.slice(path.lastIndexOf(".") + 1).toLowerCase()) ?? null;
}
