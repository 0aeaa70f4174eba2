import type { ImportStatement, SourceFile } from "../codebase.ts";

/** A file that an import means, with the names that it takes from it. */
export type Target = { path: string; names: readonly string[] };

/** Traces the imports of one language. Gives only files that are there; nothing for what lies outside of the repository. */
export type Resolve = (file: SourceFile, statement: ImportStatement) => readonly Target[];

export const whole = (path: string | null, names: readonly string[]): Target[] =>
  path === null ? [] : [{ path, names }];

/** `path` without its last part; "" at the root. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

export const stemOf = (path: string): string => nameOf(path).replace(/\.[^.]+$/, "");

export const within = (folder: string, rest: string): string =>
  folder === "" ? rest : rest === "" ? folder : `${folder}/${rest}`;

/** Folders above a path, the nearest first, "" the last. */
export function* foldersAbove(path: string): Generator<string> {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    yield folder;
    if (folder === "") return;
  }
}

/** How many leading folders two paths share. */
export function sharedDepth(left: string, right: string): number {
  let depth = 0;
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length && left[index] === right[index]; index += 1) {
    if (left[index] === "/") depth += 1;
  }
  return depth;
}

/** The path that shares most folders with `to`, then the shortest, then the first. */
export function nearest(paths: readonly string[], to: string): string | null {
  let best: string | null = null;
  for (const path of paths) {
    if (best === null) best = path;
    const nearer = sharedDepth(path, to) - sharedDepth(best, to);
    const shorter = path.split("/").length - best.split("/").length;
    if (nearer > 0 || (nearer === 0 && shorter < 0)) best = path;
  }
  return best;
}
