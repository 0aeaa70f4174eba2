import type { Codebase, Package } from "../codebase.ts";
import { findDefaultEntry, findMainSource, type Known } from "./find-script.ts";
import { within } from "./place.ts";
import { matchStar } from "./resolve-exports.ts";

/** Whether a package hands a file out itself, and the files that it hands out. */
export type Entries = { files: readonly string[]; has(path: string): boolean };

/** Files of the repository that a package gives to others: what its manifest names, or their sources; else what is custom. */
export function findEntryFiles(
  codebase: Pick<Codebase, "file" | "hasFolder">,
  one: Package,
): Entries {
  const { file, hasFolder } = codebase;
  const index: Known = { file, hasFolder, has: (path) => file(path) !== null };
  const relative = one.entries.map((entry) =>
    one.folder === "" ? entry : entry.slice(one.folder.length + 1),
  );
  const patterns = relative.filter((entry) => entry.includes("*"));
  const plain = relative.filter((entry) => !entry.includes("*"));
  const found = plain.flatMap((entry) => findMainSource(index, one.folder, entry) ?? []);
  const files =
    found.length > 0 || patterns.length > 0 ? [...new Set(found)] : byCustom(index, one);
  return {
    files,
    has: (path) =>
      files.includes(path) || patterns.some((pattern) => fits(pattern, one.folder, path)),
  };
}

function byCustom(index: Known, one: Package): string[] {
  if (one.ecosystem === "npm")
    return [findDefaultEntry(index, one.folder)].filter((path) => path !== null);
  if (one.ecosystem !== "cargo") return [];
  return ["src/lib.rs", "src/main.rs"]
    .map((path) => within(one.folder, path))
    .filter((path) => index.has(path));
}

/** `dist/*.js` hands out `src/a.ts` too. */
function fits(pattern: string, folder: string, path: string): boolean {
  const star = pattern.replace(/\.(?:d\.)?[cm]?[jt]sx?$/, "");
  const bare = path.replace(/\.[^./]+$/, "");
  const variants = [
    star,
    star.replace(/^[^/*]+\//, "src/"),
    star.replace(/^[^/*]+\/[^/*]+\//, "src/"),
  ];
  return variants.some((variant) => matchStar(within(folder, variant), bare) !== null);
}
