import { recordOf, textOf } from "../packages/manifest.ts";
import { findTargets } from "../packages/read-node.ts";
import { findDefaultEntry, findMainSource, findScript, findSourceOf } from "./find-script.ts";
import type { PathIndex } from "./path-index.ts";
import { within } from "./place.ts";

/**
 * The file that `package/rest` means, by its manifest: `exports` with its conditions and patterns, the older fields, then what is
 * custom. A condition is no choice here: the first file that is in the repository, or whose source is, counts.
 */
export function resolveExport(
  index: PathIndex,
  folder: string,
  json: Record<string, unknown>,
  rest: string,
): string | null {
  const exported = json.exports;
  if (exported !== undefined && exported !== null) {
    const found = pick(
      index,
      folder,
      matchKeys(exported, rest === "" ? "." : `./${rest}`),
      rest === "",
    );
    if (found !== null) return found;
  }
  if (rest !== "") {
    return (
      findSourceOf(index, folder, rest) ??
      findScript(index, within(folder, `src/${rest}`)) ??
      findScript(index, within(folder, `lib/${rest}`))
    );
  }
  const older = [json.source, json.types, json.typings, json.module, json.main].map(textOf);
  return (
    pick(
      index,
      folder,
      older.filter((entry) => entry !== ""),
      true,
    ) ?? findDefaultEntry(index, folder)
  );
}

/** Targets of `#name` in the `imports` of a manifest. */
export const resolveInner = (
  index: PathIndex,
  folder: string,
  json: Record<string, unknown>,
  specifier: string,
): string | null => pick(index, folder, matchKeys(json.imports, specifier));

function pick(
  index: PathIndex,
  folder: string,
  targets: readonly string[],
  isMain = false,
): string | null {
  const plain = targets
    .map((target) => target.replace(/^\.\//, ""))
    .filter((target) => !target.includes("*"));
  for (const target of plain) {
    const found = isMain
      ? findMainSource(index, folder, target)
      : findSourceOf(index, folder, target);
    if (found !== null) return found;
  }
  return null;
}

/** Targets of the key that fits best, its star put in. A value without keys of paths is that of `.`. */
function matchKeys(value: unknown, asked: string): string[] {
  const record = recordOf(value);
  const keys = Object.keys(record).filter((key) => /^[.#]/.test(key));
  if (keys.length === 0) return asked === "." ? findTargets(value) : [];
  if (Object.hasOwn(record, asked)) return findTargets(record[asked]);
  const fitting = keys
    .flatMap((key) => {
      const star = matchStar(key, asked);
      return star === null ? [] : [{ key, star }];
    })
    .sort((left, right) => right.key.length - left.key.length);
  return fitting.flatMap(({ key, star }) =>
    findTargets(record[key]).map((target) => target.replaceAll("*", () => star)),
  );
}

/** What stands for the only star of a pattern; null where it does not fit. A key that ends in a slash is one for all below. */
export function matchStar(pattern: string, text: string): string | null {
  const at = pattern.indexOf("*");
  if (at < 0) return pattern === text ? "" : null;
  const before = pattern.slice(0, at);
  const after = pattern.slice(at + 1);
  const fits =
    text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
  return fits ? text.slice(before.length, text.length - after.length) : null;
}
