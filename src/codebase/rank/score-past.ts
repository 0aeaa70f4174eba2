import type { RequestWord } from "./find-request-words.ts";
import { findListed, sizeOf } from "./list-terms.ts";
import { type Corpus, emptySignal, type Signal } from "./open-corpus.ts";
import { openPast, type PastChange } from "./open-past.ts";
import { pickHighest } from "./pick-highest.ts";
import { weighRarity } from "./weigh-rarity.ts";

const k1 = 1.2;
const b = 0.5;
/** After so many commits a change says half as much. */
const halfLife = 1000;

export type PastScores = {
  signal: Signal;
  /** For each file the change that speaks most for it. */
  bestOf(place: number): PastChange | null;
};

/** Files by commits of the past whose subjects are like the request: the likest count, small and late ones for more. */
export function scorePast(corpus: Corpus, words: readonly RequestWord[], most = 60): PastScores {
  const { changes } = openPast(corpus.codebase);
  const likeness = scoreSubjects(corpus, words);
  const alike = [...likeness.keys()].filter((index) => (likeness[index] ?? 0) > 0);
  const likest = pickHighest(likeness, alike, most);
  const top = likeness[likest[0] ?? -1] ?? 1;
  const signal = emptySignal(corpus);
  const best = new Map<number, { weight: number; change: PastChange }>();
  for (const index of likest) {
    const change = changes[index];
    if (change === undefined) continue;
    const share = ((likeness[index] ?? 0) / top) ** 2;
    const weight = (share / Math.log2(1 + change.size)) * 0.5 ** (change.age / halfLife);
    for (const place of change.places) {
      signal[place] = (signal[place] ?? 0) + weight;
      if (weight > (best.get(place)?.weight ?? 0)) best.set(place, { weight, change });
    }
  }
  return { signal, bestOf: (place) => best.get(place)?.change ?? null };
}

/** BM25 of the subjects. */
function scoreSubjects({ codebase }: Corpus, words: readonly RequestWord[]): Float64Array {
  const { subjects, changes } = openPast(codebase);
  const likeness = new Float64Array(changes.length);
  const mean = subjects.terms.length / Math.max(1, changes.length);
  const hits = findListed(subjects, words);
  for (const [word, { weight }] of words.entries()) {
    const { places, counts } = hits[word] ?? { places: [], counts: [] };
    const rarity = weighRarity(changes.length, places.length);
    for (const [at, index] of places.entries()) {
      const count = counts[at] ?? 0;
      const size = k1 * (1 - b + (b * sizeOf(subjects, index)) / Math.max(1, mean));
      likeness[index] =
        (likeness[index] ?? 0) + (weight * rarity * count * (k1 + 1)) / (count + size);
    }
  }
  return likeness;
}
