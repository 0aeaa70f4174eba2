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

/** The weighted sum of signals that were scaled. */
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
