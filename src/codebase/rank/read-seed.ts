import { type Signals, scaleSignal } from "./combine-signals.ts";
import { findPastWords } from "./find-past-words.ts";
import { findRequestWords } from "./find-request-words.ts";
import { baseOf, type Corpus } from "./open-corpus.ts";
import { scoreBases } from "./score-names.ts";
import { scorePast } from "./score-past.ts";
import { type SpreadSignals, spreadSeeds } from "./spread-seeds.ts";

/** After so many commits a change says half as much, when nothing but the seed tells what is to be done. */
const lateHalf = 600;
const telling = 80;
const subjects = 150;

/** What a seed says of the other files by itself. Signals are scaled; the seed has nothing. */
export type SeedSignals = {
  spread: SpreadSignals;
  signals: Signals<"changes" | "folders" | "imports" | "likeness" | "past" | "bases">;
};

export function readSeed(corpus: Corpus, place: number): SeedSignals {
  const spread = spreadSeeds(corpus, [{ place, weight: 1 }], { decay: lateHalf, words: telling });
  const name = findRequestWords(baseOf(corpus.files[place]?.path ?? ""));
  const scale = (signal: Float64Array): Float64Array => {
    signal[place] = 0;
    return scaleSignal(corpus, signal);
  };
  const signals = {
    ...spread.signals,
    past: scale(scorePast(corpus, findPastWords(corpus, place), subjects).signal),
    bases: scale(scoreBases(corpus, name)),
  };
  return { spread, signals };
}
