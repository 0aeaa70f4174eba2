import type { Package } from "../codebase.ts";
import { lineFinder, type Manifest, makePackage, type Need, recordOf, textOf } from "./manifest.ts";
import { readJson } from "./read-json.ts";

/** composer.json. What the platform gives (`php`, `ext-json`) is no dependency. */
export function readComposer(manifest: Manifest): Package | null {
  const json = readJson(manifest.text);
  if (json === null) return null;
  const lineOf = lineFinder(manifest.text);
  const read = (key: string, use: Need["use"], section: RegExp): Need[] =>
    Object.entries(recordOf(json[key]))
      .filter(([name]) => name.includes("/"))
      .map(([name, range]) => ({
        name,
        range: textOf(range),
        use,
        line: lineOf(`"${name}"`, section),
      }));
  const needs = [
    ...read("require", "run", /"require"\s*:/),
    ...read("require-dev", "development", /"require-dev"\s*:/),
  ];
  return makePackage(manifest, "composer", { name: textOf(json.name), needs });
}
