import type { ImportEdge, SourceFile } from "../codebase.ts";
import type { Mentions } from "./mentions.ts";
import { push } from "./path-index.ts";
import { folderOf, type Target } from "./place.ts";
import { topSymbols } from "./top-symbols.ts";

/** How far files of a language know each other without an import: in a folder, or in the whole repository. */
const silent: ReadonlyMap<SourceFile["language"], "folder" | "repository"> = new Map([
  ["go", "folder"],
  ["java", "folder"],
  ["c-sharp", "folder"],
  ["php", "folder"],
  ["ruby", "repository"],
]);

/** A folder with more files is a heap, not a package. */
const largest = { folder: 600, repository: 20_000 } as const;

/**
 * Adds what files use of each other without an import (Go, Java, C#, PHP in a folder; Ruby's loaders anywhere): an edge to each that
 * alone declares a name at the top which the file mentions. Tests use, and are not used.
 */
export function addNeighbours(
  files: readonly SourceFile[],
  forward: Map<string, ImportEdge[]>,
  mentions: Mentions,
): void {
  const groups = new Map<string, SourceFile[]>();
  for (const file of files) if (silent.has(file.language)) push(groups, packageOf(file), file);
  for (const group of groups.values()) {
    const reach = silent.get(group[0]?.language ?? null) ?? "folder";
    if (group.length > largest[reach] || group.length < 2) continue;
    for (const [from, targets] of findNeighbours(group, mentions)) {
      const known = forward.get(from) ?? [];
      const told = new Set(known.map(({ to }) => to));
      const added = targets
        .filter(({ path }) => !told.has(path))
        .map(({ path, names }) => ({ from, to: path, line: 1, names, handsOn: false }));
      if (added.length > 0) forward.set(from, [...added, ...known]);
    }
  }
}

/** Java keeps tests of a package in another tree: `src/test/java/a/b` beside `src/main/java/a/b`. */
const packageOf = ({ path, language }: SourceFile): string =>
  silent.get(language) === "repository"
    ? `${language}`
    : `${language} ${folderOf(path).replace(/(^|\/)src\/\w+\/(?=(?:java|kotlin)(?:\/|$))/, "$1src/*/")}`;

/** By path, the neighbours of each file and what it names of them. */
function findNeighbours(files: readonly SourceFile[], mentions: Mentions): Map<string, Target[]> {
  const declarers = new Map<string, string | null>();
  for (const file of files) {
    const { path, role, language } = file;
    const isFar = silent.get(language) === "repository";
    for (const symbol of role === "test" ? [] : topSymbols(file)) {
      if (!mentions.isTelling(symbol) || (isFar && !mentions.isWhole(symbol.name))) continue;
      const known = declarers.get(symbol.name);
      declarers.set(symbol.name, known === undefined || known === path ? path : null);
    }
  }
  const byHash = new Map<number, { path: string; name: string }[]>();
  for (const [name, path] of declarers) {
    const hash = path === null ? null : mentions.hashOf(name);
    if (path !== null && hash !== null) push(byHash, hash, { path, name });
  }
  return new Map(files.map((file) => [file.path, findUsed(file, byHash)]));
}

function findUsed(
  file: SourceFile,
  byHash: ReadonlyMap<number, readonly { path: string; name: string }[]>,
): Target[] {
  const names = new Map<string, Set<string>>();
  for (const { terms } of file.windows) {
    for (const term of terms) {
      for (const { path, name } of byHash.get(term) ?? []) {
        if (path === file.path) continue;
        const known = names.get(path) ?? new Set();
        names.set(path, known.add(name));
      }
    }
  }
  return [...names]
    .map(([path, used]) => ({ path, names: [...used].sort() }))
    .sort((left, right) => (left.path < right.path ? -1 : 1));
}
