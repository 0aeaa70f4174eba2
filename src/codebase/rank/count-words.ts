import type { SourceFile } from "../codebase.ts";
import { createTable, findTerms } from "./find-terms.ts";

/** Where a word stands, and how often there. Places are in ascending order. */
export type Hits = { places: number[]; counts: number[] };

/** Hits by the hash of the word. */
export type Counts = ReadonlyMap<number, Hits>;

/** Counts words in all windows of some files in one walk. Windows are numbered through all files. */
export function countWords(files: readonly SourceFile[], words: Iterable<number>): Counts {
  const hashes = [...new Set(words)];
  const hits = hashes.map((): Hits => ({ places: [], counts: [] }));
  let place = 0;
  visitTerms(files, hashes, (found, size, _, counts) => {
    for (let at = 0; at < size; at += 2) {
      const hit = hits[found[at + 1] ?? 0];
      hit?.places.push(place);
      hit?.counts.push(counts[found[at] ?? 0] ?? 0);
    }
    place += 1;
  });
  return new Map(hashes.map((hash, word) => [hash, hits[word] ?? { places: [], counts: [] }]));
}

/** In how many files each of some words stands; none of them comes twice. */
export function countFiles(files: readonly SourceFile[], hashes: readonly number[]): Uint32Array {
  const having = new Uint32Array(hashes.length);
  const last = new Int32Array(hashes.length).fill(-1);
  visitTerms(files, hashes, (found, size, file) => {
    for (let at = 1; at < size; at += 2) {
      const word = found[at] ?? 0;
      if (last[word] === file) continue;
      last[word] = file;
      having[word] = (having[word] ?? 0) + 1;
    }
  });
  return having;
}

/** In how many windows each of some words stands; none of them comes twice. */
export function countWindows(files: readonly SourceFile[], hashes: readonly number[]): Uint32Array {
  const having = new Uint32Array(hashes.length);
  visitTerms(files, hashes, (found, size) => {
    for (let at = 1; at < size; at += 2) {
      const word = found[at] ?? 0;
      having[word] = (having[word] ?? 0) + 1;
    }
  });
  return having;
}

type Visit = (found: Int32Array, size: number, file: number, counts: Uint8Array) => void;

/** Shows what `findTerms` found in each window, in their order. */
function visitTerms(files: readonly SourceFile[], hashes: readonly number[], visit: Visit): void {
  const table = createTable(hashes);
  let found = new Int32Array(1 << 12);
  for (let file = 0; file < files.length; file++) {
    for (const { terms, counts } of files[file]?.windows ?? []) {
      if (terms.length * 2 > found.length) found = new Int32Array(terms.length * 2);
      visit(found, findTerms(table, terms, found), file, counts);
    }
  }
}
