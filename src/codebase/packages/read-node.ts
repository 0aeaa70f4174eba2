import type { Dependency, Package } from "../codebase.ts";
import {
  isRecord,
  lineFinder,
  type Manifest,
  makePackage,
  type Need,
  recordOf,
  textOf,
} from "./manifest.ts";
import { readJson } from "./read-json.ts";

const sections: readonly (readonly [string, Dependency["use"], RegExp])[] = [
  ["dependencies", "run", /"dependencies"\s*:/],
  ["devDependencies", "development", /"devDependencies"\s*:/],
  ["peerDependencies", "peer", /"peerDependencies"\s*:/],
  ["optionalDependencies", "optional", /"optionalDependencies"\s*:/],
];

/** package.json: its dependencies, and what of it other packages may import. */
export function readNode(manifest: Manifest): Package | null {
  const json = readJson(manifest.text);
  if (json === null) return null;
  const lineOf = lineFinder(manifest.text);
  const needs = sections.flatMap(([key, use, section]): Need[] =>
    Object.entries(recordOf(json[key])).map(([name, range]) => ({
      name,
      range: textOf(range),
      use,
      line: lineOf(`"${name}"`, section),
    })),
  );
  return makePackage(manifest, "npm", {
    name: textOf(json.name),
    entries: findEntries(json),
    needs,
  });
}

/** `exports` before the older fields, since it hides them. Patterns (`./*`) are kept as they are written. */
function findEntries(json: Record<string, unknown>): string[] {
  const exported = findTargets(json.exports);
  const older = [json.main, json.module, json.browser, json.types, json.typings];
  const commands = isRecord(json.bin) ? Object.values(json.bin) : [json.bin];
  const source = textOf(json.source);
  return [
    ...(exported.length > 0 ? exported : older.map(textOf)),
    source,
    ...commands.map(textOf),
  ].filter((entry) => entry !== "" && entry !== "./package.json");
}

/** Every file that a value of `exports` or `imports` may mean, in the order it is written. */
export function findTargets(value: unknown, depth = 0): string[] {
  if (typeof value === "string") return value.startsWith(".") ? [value] : [];
  if (depth > 8 || typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((inner) => findTargets(inner, depth + 1));
}
