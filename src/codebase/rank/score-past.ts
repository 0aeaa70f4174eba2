import { createTable } from "./count-words.ts";
import type { RequestWord } from "./find-request-words.ts";
import { type Corpus, emptySignal, type Signal } from "./open-corpus.ts";
import { openPast, type PastChange } from "./open-past.ts";
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
  const likest = [...likeness.keys()]
    .filter((index) => (likeness[index] ?? 0) > 0)
    .sort((left, right) => (likeness[right] ?? 0) - (likeness[left] ?? 0) || left - right)
    .slice(0, most);
  const top = likeness[likest[0] ?? -1] ?? 1;
  const signal = emptySignal(corpus);
  const best = new Map<number, { weight: number; change: PastChange }>();
  for (const index of likest) {
    const change = changes[index];
    if (change === undefined) continue;
    const alike = ((likeness[index] ?? 0) / top) ** 2;
    const weight = (alike / Math.log2(1 + change.size)) * 0.5 ** (change.age / halfLife);
    for (const place of change.places) {
      signal[place] = (signal[place] ?? 0) + weight;
      if (weight > (best.get(place)?.weight ?? 0)) best.set(place, { weight, change });
    }
  }
  return { signal, bestOf: (place) => best.get(place)?.change ?? null };
}

/** BM25 of the subjects. */
function scoreSubjects({ codebase }: Corpus, words: readonly RequestWord[]): Float64Array {
  const subjects = openPast(codebase).subjects();
  const likeness = new Float64Array(subjects.length);
  const mean = subjects.reduce((sum, terms) => sum + terms.size, 0) / Math.max(1, subjects.length);
  const having = findHaving(subjects, words);
  for (const [word, { hash, weight }] of words.entries()) {
    const found = having[word] ?? [];
    const rarity = weighRarity(subjects.length, found.length);
    for (const index of found) {
      const count = subjects[index]?.get(hash) ?? 0;
      const size = k1 * (1 - b + (b * (subjects[index]?.size ?? 0)) / Math.max(1, mean));
      likeness[index] =
        (likeness[index] ?? 0) + (weight * rarity * count * (k1 + 1)) / (count + size);
    }
  }
  return likeness;
}

/** For each word the subjects that have it. */
function findHaving(
  subjects: readonly ReadonlyMap<number, number>[],
  words: readonly RequestWord[],
): number[][] {
  const find = createTable(words.map(({ hash }) => hash));
  const having: number[][] = words.map(() => []);
  for (const [index, terms] of subjects.entries())
    for (const term of terms.keys()) {
      const word = find(term);
      if (word >= 0) having[word]?.push(index);
    }
  return having;
}
