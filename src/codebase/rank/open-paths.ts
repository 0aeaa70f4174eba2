import type { Hits } from "./count-words.ts";
import { findListed, listTerms, type TermLists } from "./list-terms.ts";
import type { Splitter } from "./split-names.ts";

/** Paths as folders and names: a folder's words are split once for all of its files. */
export type Paths = {
  /** Folder of each file, by its number. */
  folderOf: Int32Array;
  /** Places of the files of each folder. */
  filesIn: readonly (readonly number[])[];
  /** Terms of the folders, and of the names without their endings. */
  folders: TermLists;
  names: TermLists;
};

export function openPaths(paths: readonly string[], splitter: Splitter): Paths {
  const numbers = new Map<string, number>();
  const filesIn: number[][] = [];
  const folderOf = new Int32Array(paths.length);
  for (let place = 0; place < paths.length; place++) {
    const path = paths[place] ?? "";
    const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
    const number = numbers.get(folder) ?? numbers.size;
    if (number === numbers.size) numbers.set(folder, filesIn.push([]) - 1);
    filesIn[number]?.push(place);
    folderOf[place] = number;
  }
  const names = paths.map((path) => path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]+$/, ""));
  return {
    folderOf,
    filesIn,
    folders: listTerms([...numbers.keys()], splitter),
    names: listTerms(names, splitter),
  };
}

/** For each word the files with it in their path. One that has it in its folder and in its name comes twice. */
export function findInPaths(
  { filesIn, folders, names }: Paths,
  words: readonly { hash: number }[],
): Hits[] {
  const hits = findListed(names, words);
  for (const [word, { places, counts }] of findListed(folders, words).entries()) {
    for (const [at, folder] of places.entries()) {
      for (const place of filesIn[folder] ?? []) {
        hits[word]?.places.push(place);
        hits[word]?.counts.push(counts[at] ?? 0);
      }
    }
  }
  return hits;
}
