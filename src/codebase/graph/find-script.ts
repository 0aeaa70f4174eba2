import type { PathIndex } from "./path-index.ts";
import { within } from "./place.ts";

/** What must be known of a repository to find a file in it. */
export type Known = Pick<PathIndex, "has" | "file" | "hasFolder">;

const endings = [
  ".ts",
  ".tsx",
  ".d.ts",
  ".mts",
  ".cts",
  ".js",
  ".jsx",
  ".mjs",
  ".cjs",
  ".vue",
  ".svelte",
  ".astro",
  ".json",
] as const;

/** What is written as JavaScript may stand there as TypeScript. */
const asSource: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\.d\.[cm]?ts$/, [".ts", ".tsx", ".mts", ".cts", ".js", ".mjs"]],
  [/\.jsx?$/, [".ts", ".tsx", ".d.ts", ".jsx"]],
  [/\.mjs$/, [".mts", ".d.mts", ".ts"]],
  [/\.cjs$/, [".cts", ".d.cts", ".ts"]],
];

/** The file that a module path means: itself, its source, with an ending, or the index of a folder. */
export function findScript(index: Known, path: string): string | null {
  if (index.has(path)) return path;
  for (const [ending, sources] of asSource) {
    if (!ending.test(path)) continue;
    const stem = path.replace(ending, "");
    const found = sources.find((source) => index.has(stem + source));
    if (found !== undefined) return stem + found;
  }
  const ending = endings.find((one) => index.has(path + one));
  if (ending !== undefined) return path + ending;
  if (!index.hasFolder(path)) return null;
  const inFolder = endings.find((one) => index.has(within(path, `index${one}`)));
  return inFolder === undefined ? null : within(path, `index${inFolder}`);
}

const built = /^(?:dist|build|lib|out|output|es|esm|cjs|umd|types|typings|_?esm\d*|bundle)$/;

/**
 * The source of a file that a package hands out, which is often built and not in the repository: `dist/index.js` →
 * `src/index.ts`. What is there and was written by hand counts before that.
 */
export function findSourceOf(index: Known, folder: string, target: string): string | null {
  const exact = findScript(index, within(folder, target));
  const isWritten = exact !== null && index.file(exact)?.role !== "generated";
  if (isWritten) return exact;
  const parts = target.replace(/\.min(?=\.[cm]?js$)/, "").split("/");
  let at = 0;
  while (at < parts.length - 1 && built.test(parts[at] ?? "")) {
    at += 1;
    const rest = parts.slice(at).join("/");
    const found =
      findScript(index, within(folder, `src/${rest}`)) ?? findScript(index, within(folder, rest));
    if (found !== null) return found;
  }
  return exact;
}

/** The same for the main file of a package: one that is built under another name comes of `src/index`. */
export function findMainSource(index: Known, folder: string, target: string): string | null {
  const found = findSourceOf(index, folder, target);
  const isBuilt = built.test(target.split("/")[0] ?? "");
  return found ?? (isBuilt ? findScript(index, within(folder, "src/index")) : null);
}

/** What a package is by custom where its manifest says nothing. */
export function findDefaultEntry(index: Known, folder: string): string | null {
  for (const name of ["index", "src/index", "src/main", "lib/index", "src/lib", "mod"]) {
    const found = findScript(index, within(folder, name));
    if (found !== null) return found;
  }
  return null;
}
