import type { SourceFile } from "../codebase.ts";
import { folderOf, nameOf } from "./place.ts";

/** Quick answers about which files and folders there are. */
export type PathIndex = {
  has(path: string): boolean;
  file(path: string): SourceFile | null;
  hasFolder(path: string): boolean;
  /** Files directly in a folder, in the order of paths. */
  filesIn(folder: string): readonly SourceFile[];
  /** Files whose path is `suffix` or ends with it at a slash, in the order of paths. */
  endingWith(suffix: string): readonly string[];
  /** Folders with files directly in them that are `suffix` or end with it at a slash. */
  foldersEndingWith(suffix: string): readonly string[];
};

export function indexPaths(files: readonly SourceFile[]): PathIndex {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const byFolder = new Map<string, SourceFile[]>();
  const folders = new Set<string>();
  for (const file of files) {
    const folder = folderOf(file.path);
    push(byFolder, folder, file);
    for (let at = folder; !folders.has(at); at = folderOf(at)) folders.add(at);
  }
  const byName = lazily(() => groupByName([...byPath.keys()]));
  const foldersByName = lazily(() => groupByName([...byFolder.keys()]));
  return {
    has: (path) => byPath.has(path),
    file: (path) => byPath.get(path) ?? null,
    hasFolder: (path) => folders.has(path),
    filesIn: (folder) => byFolder.get(folder) ?? [],
    endingWith: (suffix) => ending(byName().get(nameOf(suffix)), suffix),
    foldersEndingWith: (suffix) => ending(foldersByName().get(nameOf(suffix)), suffix),
  };
}

const ending = (paths: readonly string[] | undefined, suffix: string): readonly string[] =>
  (paths ?? []).filter((path) => path === suffix || path.endsWith(`/${suffix}`));

function groupByName(paths: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const path of paths) push(groups, nameOf(path), path);
  return groups;
}

export function push<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [value]);
  else group.push(value);
}

/** Makes a value when it is first asked for, and keeps it. */
export function lazily<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Answers the same question once. */
export function remember<T>(answer: (question: string) => T): (question: string) => T {
  const known = new Map<string, T>();
  return (question) => {
    const before = known.get(question);
    if (before !== undefined || known.has(question)) return before as T;
    const value = answer(question);
    known.set(question, value);
    return value;
  };
}
