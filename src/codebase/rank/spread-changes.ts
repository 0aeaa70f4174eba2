import { type Corpus, emptySignal, type Signal } from "./open-corpus.ts";
import { openPast } from "./open-past.ts";
import type { Seed } from "./seed.ts";

/** After so many commits a change says half as much of what changes together. */
const halfLife = 2000;
/** As if the seed had changed alone so many times more: little evidence counts for less. */
const doubt = 2;

export type ChangeScores = {
  signal: Signal;
  /** The seed that a file changed with most, and in how many commits. */
  bestOf(place: number): { seed: number; together: number } | null;
};

/** Files that changed with the seeds: the share of a seed's commits that touch them too, small and late commits counting for more. */
export function spreadChanges(
  corpus: Corpus,
  seeds: readonly Seed[],
  decay: number = halfLife,
): ChangeScores {
  const signal = emptySignal(corpus);
  const best = new Map<number, { seed: number; weight: number; together: number }>();
  for (const { place: seed, weight } of seeds) {
    for (const [place, { share, together }] of shareChanges(corpus, seed, decay)) {
      signal[place] = (signal[place] ?? 0) + weight * share;
      const known = best.get(place);
      if (known === undefined || weight * share > known.weight)
        best.set(place, { seed, weight: weight * share, together });
    }
  }
  return { signal, bestOf: (place) => best.get(place) ?? null };
}

type Share = { share: number; together: number };

function shareChanges(corpus: Corpus, seed: number, decay: number): Map<number, Share> {
  const past = openPast(corpus.codebase);
  const shares = new Map<number, Share>();
  let all = doubt;
  for (const index of past.ofFile[seed] ?? []) {
    const change = past.changes[index];
    if (change === undefined) continue;
    const late = 0.5 ** (change.age / decay);
    all += late;
    const weight = late / Math.log2(1 + Math.max(2, change.places.length));
    for (const place of change.places) {
      if (place === seed) continue;
      const { share = 0, together = 0 } = shares.get(place) ?? {};
      shares.set(place, { share: share + weight, together: together + 1 });
    }
  }
  for (const share of shares.values()) share.share /= all;
  return shares;
}
