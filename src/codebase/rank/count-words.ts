import type { Corpus } from "./open-corpus.ts";

/** Where some words stand: for each word, in the order of files and windows. */
export type Counts = {
  /** For each word, triples of file, window of the file, and how often. */
  hits: readonly (readonly number[])[];
};

/**
 * Counts words in all windows in one walk over them. Terms of the index are hashes already, so that a table of open addresses tells at
 * once which of them are asked for.
 */
export function countWords(corpus: Corpus, hashes: readonly number[]): Counts {
  const find = createTable(hashes);
  const hits: number[][] = hashes.map(() => []);
  for (const [file, { windows }] of corpus.files.entries()) {
    for (const [window, { terms, counts }] of windows.entries()) {
      for (let at = 0; at < terms.length; at++) {
        const word = find(terms[at] ?? 0);
        if (word >= 0) hits[word]?.push(file, window, counts[at] ?? 0);
      }
    }
  }
  return { hits };
}

/** The place of a hash among `hashes`, or -1. */
export function createTable(hashes: readonly number[]): (hash: number) => number {
  let size = 64;
  while (size < hashes.length * 4) size *= 2;
  const mask = size - 1;
  const keys = new Uint32Array(size);
  const places = new Int32Array(size).fill(-1);
  for (const [place, hash] of hashes.entries()) {
    let at = hash & mask;
    while (places[at] !== -1 && keys[at] !== hash) at = (at + 1) & mask;
    keys[at] = hash;
    places[at] = place;
  }
  return (hash) => {
    let at = hash & mask;
    for (;;) {
      const place = places[at] ?? -1;
      if (place === -1 || keys[at] === hash) return place;
      at = (at + 1) & mask;
    }
  };
}
