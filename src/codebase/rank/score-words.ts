import { countWords } from "./count-words.ts";
import type { RequestWord } from "./find-request-words.ts";
import { type Corpus, emptySignal, type Signal } from "./open-corpus.ts";
import { saturate, weighRarity } from "./weigh-rarity.ts";

/** A word of the path counts like so many in the text: of the whole file, of one window. */
const pathInFile = 4;
const pathInWindow = 2;

export type WordScores = {
  /** Of files as a whole. */
  files: Signal;
  /** Of the best window of each file. */
  windows: Signal;
  /** For each file the words that tell most of it, as places in the words that were asked for; most telling first. */
  tellingOf(place: number): readonly number[];
};

/** How files and windows meet words, by BM25 over text and path. */
export function scoreWords(corpus: Corpus, words: readonly RequestWord[]): WordScores {
  const { hits } = countWords(
    corpus,
    words.map(({ hash }) => hash),
  );
  const files = emptySignal(corpus);
  const parts = new Map<number, { word: number; score: number }[]>();
  const scored: Float64Array[] = corpus.files.map(
    ({ windows }) => new Float64Array(windows.length),
  );
  for (const [word, { hash, weight }] of words.entries()) {
    const found = hits[word] ?? [];
    for (const [place, score] of scoreFiles(corpus, hash, found)) {
      files[place] = (files[place] ?? 0) + weight * score;
      const part = { word, score: weight * score };
      const known = parts.get(place);
      if (known === undefined) parts.set(place, [part]);
      else known.push(part);
    }
    addWindows(corpus, hash, weight, found, scored);
  }
  return {
    files,
    windows: Float64Array.from(scored, (scores) => scores.reduce((a, c) => Math.max(a, c), 0)),
    tellingOf: (wanted) =>
      (parts.get(wanted) ?? [])
        .sort((left, right) => right.score - left.score || left.word - right.word)
        .map(({ word }) => word),
  };
}

/** Files that have a word, with what it is worth there. */
function scoreFiles(corpus: Corpus, hash: number, hits: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (let at = 0; at < hits.length; at += 3) {
    const place = hits[at] ?? 0;
    counts.set(place, (counts.get(place) ?? 0) + (hits[at + 2] ?? 0));
  }
  for (const [place, terms] of corpus.pathTerms.entries()) {
    const inPath = terms.get(hash) ?? 0;
    if (inPath > 0) counts.set(place, (counts.get(place) ?? 0) + pathInFile * inPath);
  }
  const rarity = weighRarity(corpus.files.length, counts.size);
  for (const [place, count] of counts)
    counts.set(place, rarity * saturate(count, corpus.lengths[place] ?? 0, corpus.meanFile));
  return counts;
}

/** Adds what a word is worth in each window; one that is in the path counts in all of the file's windows. */
function addWindows(
  corpus: Corpus,
  hash: number,
  weight: number,
  hits: readonly number[],
  scored: readonly Float64Array[],
): void {
  const counts = new Map<number, Float64Array>();
  let having = 0;
  for (const [place, terms] of corpus.pathTerms.entries()) {
    const inPath = terms.get(hash) ?? 0;
    if (inPath === 0) continue;
    const windows = new Float64Array(scored[place]?.length ?? 0).fill(pathInWindow * inPath);
    counts.set(place, windows);
    having += windows.length;
  }
  for (let at = 0; at < hits.length; at += 3) {
    const place = hits[at] ?? 0;
    const window = hits[at + 1] ?? 0;
    const windows = counts.get(place) ?? new Float64Array(scored[place]?.length ?? 0);
    counts.set(place, windows);
    if (windows[window] === 0) having += 1;
    windows[window] = (windows[window] ?? 0) + (hits[at + 2] ?? 0);
  }
  const worth = weight * weighRarity(corpus.windows, having);
  for (const [place, windows] of counts) {
    const lengths = corpus.files[place]?.windows ?? [];
    const into = scored[place];
    for (const [window, count] of windows.entries()) {
      if (count === 0 || into === undefined) continue;
      const length = lengths[window]?.length ?? 0;
      into[window] = (into[window] ?? 0) + worth * saturate(count, length, corpus.meanWindow);
    }
  }
}
