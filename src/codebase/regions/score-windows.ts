import type { SourceFile, Window } from "../codebase.ts";
import { countWindows } from "../rank/count-words.ts";

/** Saturation of a word's count, and how much a long window counts against it: the usual values of BM25 (Robertson and Zaragoza, 2009). */
const k1 = 1.2;
const b = 0.5;

/** How often a word stands in a window: `terms` are sorted, so it is found by halving. */
export function countTerm(window: Window, term: number): number {
  const { terms, counts } = window;
  let low = 0;
  let high = terms.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = terms[middle] ?? 0;
    if (found === term) return counts[middle] ?? 0;
    if (found < term) low = middle + 1;
    else high = middle - 1;
  }
  return 0;
}

/** How much a word tells, by how few of the windows of these files have it. */
export function weighTerms(
  files: readonly SourceFile[],
  terms: Iterable<number>,
): Map<number, number> {
  const hashes = [...new Set(terms)];
  const windows = files.reduce((sum, file) => sum + file.windows.length, 0);
  const having = countWindows(files, hashes);
  const weights = new Map<number, number>();
  for (const [word, term] of hashes.entries()) {
    const some = having[word] ?? 0;
    if (some > 0) weights.set(term, Math.log(1 + (windows - some + 0.5) / (some + 0.5)));
  }
  return weights;
}

/** What a window has of the words, by BM25. 0 when it has none. */
export function scoreWindow(
  window: Window,
  weights: ReadonlyMap<number, number>,
  meanLength: number,
): number {
  let score = 0;
  const size = k1 * (1 - b + (b * window.length) / Math.max(1, meanLength));
  for (const [term, weight] of weights) {
    const count = countTerm(window, term);
    if (count > 0) score += (weight * count * (k1 + 1)) / (count + size);
  }
  return score;
}
