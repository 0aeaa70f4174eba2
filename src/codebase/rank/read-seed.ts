import { type Signals, scaleSignal } from "./combine-signals.ts";
import { findPastWords } from "./find-past-words.ts";
import type { Corpus, Signal } from "./open-corpus.ts";
import { scorePast } from "./score-past.ts";
import { type SpreadSignals, spreadSeeds } from "./spread-seeds.ts";

/** After so many commits a change says half as much, when nothing but the seed tells what is to be done. */
const lateHalf = 600;
const telling = 80;
const subjects = 150;

/** What a seed says of the other files by itself. Signals are scaled; the seed has nothing. */
export type SeedSignals = {
  spread: SpreadSignals;
  signals: Signals<keyof SpreadSignals["signals"] | "past">;
};

export function readSeed(corpus: Corpus, place: number): SeedSignals {
  const spread = spreadSeeds(corpus, [{ place, weight: 1 }], { decay: lateHalf, words: telling });
  const past = scorePast(corpus, findPastWords(corpus, place), subjects).signal;
  past[place] = 0;
  const signals = {
    ...spread.signals,
    likeWindows: leaveOut(corpus, spread.signals.likeWindows, place),
    past: scaleSignal(corpus, past),
  };
  return { spread, signals };
}

/** A scaled signal without one file: it is likest to itself, and the others of its kind have the whole scale. */
function leaveOut({ tests }: Corpus, signal: Signal, place: number): Signal {
  const isOther = (other: number): boolean => other !== place && tests[other] === tests[place];
  const top = signal.reduce(
    (most, value, other) => (isOther(other) ? Math.max(most, value) : most),
    0,
  );
  return signal.map((value, other) => {
    if (other === place) return 0;
    return isOther(other) ? value / (top || 1) : value;
  });
}
