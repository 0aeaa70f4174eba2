import { type Corpus, emptySignal, type Signal } from "./open-corpus.ts";
import { pickHighest } from "./pick-highest.ts";
import type { Seed } from "./seed.ts";

/** Signals by name. */
export type Signals<Name extends string> = Readonly<Record<Name, Signal>>;
export type Weights<Name extends string> = Readonly<Record<Name, number>>;

/**
 * A signal between 0 and 1: its root as a share of the highest. The root, because the second best hit of a signal is worth more than its
 * share. Sources and tests have scales of their own: what a test repeats of the request must not make sources small.
 */
export function scaleSignal({ tests }: Corpus, signal: Signal): Signal {
  const top = [0, 0];
  for (let place = 0; place < signal.length; place++) {
    const kind = tests[place] ?? 0;
    const value = signal[place] ?? 0;
    if (value > (top[kind] ?? 0)) top[kind] = value;
  }
  const scaled = new Float64Array(signal.length);
  // Most files have nothing of most signals.
  for (let place = 0; place < signal.length; place++) {
    const value = signal[place] ?? 0;
    if (value !== 0) scaled[place] = Math.sqrt(value / (top[tests[place] ?? 0] || 1));
  }
  return scaled;
}

/** At this place of an order a file is worth half of what it would be at the front. */
const half = 10;
/** Places that are told apart by their order; behind them by what the signal comes to. */
const deepest = 400;

/**
 * Signals as orders: what counts is at which place a signal puts a file, not by how much. How far apart the values lie depends on the
 * repository and on the request, and weights that fit one do not fit the next. Files that a signal cannot tell apart are ordered by
 * `words`. Sources and tests have orders of their own.
 */
export function rankSignals<Name extends string>(
  corpus: Corpus,
  signals: Signals<Name>,
  words: Signal,
): Signals<Name> {
  const ranked = Object.entries<Signal>(signals).map(([name, signal]) => [
    name,
    rankSignal(corpus, signal, words),
  ]);
  return Object.fromEntries(ranked) as Signals<Name>;
}

function rankSignal({ tests }: Corpus, signal: Signal, words: Signal): Signal {
  const ranks = new Float64Array(signal.length);
  for (const kind of [0, 1]) {
    const having: number[] = [];
    for (let place = 0; place < signal.length; place++)
      if (tests[place] === kind && (signal[place] ?? 0) > 0) having.push(place);
    const first = having.length > deepest ? pickAtLeast(signal, having, deepest) : having;
    first.sort(
      (left, right) =>
        (signal[right] ?? 0) - (signal[left] ?? 0) ||
        (words[right] ?? 0) - (words[left] ?? 0) ||
        left - right,
    );
    const top = signal[first[0] ?? 0] ?? 1;
    const rest = half / (half + first.length + 1);
    for (const place of having) ranks[place] = rest * ((signal[place] ?? 0) / top);
    for (const [at, place] of first.entries()) ranks[place] = half / (half + at + 1);
  }
  return ranks;
}

/** The places of the `most` highest values, and of those that are like the last of them. */
function pickAtLeast(signal: Signal, places: readonly number[], most: number): number[] {
  const values = Float64Array.from(places, (place) => signal[place] ?? 0).sort();
  const least = values.at(-most) ?? 0;
  return places.filter((place) => (signal[place] ?? 0) >= least);
}

/** The weighted sum of signals. */
export function addSignals<Name extends string>(
  corpus: Corpus,
  signals: Signals<NoInfer<Name>>,
  weights: Weights<Name>,
): Signal {
  const sum = emptySignal(corpus);
  for (const name in weights) {
    const signal = signals[name];
    const weight = weights[name];
    for (let place = 0; place < signal.length; place++)
      sum[place] = (sum[place] ?? 0) + weight * (signal[place] ?? 0);
  }
  return sum;
}

/** The likeliest sources by a sum of signals, with how likely each is (softmax over all sources). */
export function chooseSeeds({ tests }: Corpus, sum: Signal, most: number): Seed[] {
  const sources = [...sum.keys()].filter((place) => tests[place] === 0);
  const top = sources.reduce((best, place) => Math.max(best, sum[place] ?? 0), 0);
  const weights = sum.map((value) => Math.exp(value - top));
  const all = sources.reduce((total, place) => total + (weights[place] ?? 0), 0);
  return pickHighest(sum, sources, most).map((place) => ({
    place,
    weight: (weights[place] ?? 0) / all,
  }));
}
