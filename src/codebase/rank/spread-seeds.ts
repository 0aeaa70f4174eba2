import { type Signals, scaleSignal } from "./combine-signals.ts";
import { findSeedWords } from "./find-seed-words.ts";
import type { Corpus } from "./open-corpus.ts";
import { scoreWords } from "./score-words.ts";
import type { Seed } from "./seed.ts";
import { type ChangeScores, spreadChanges } from "./spread-changes.ts";
import { spreadFolders } from "./spread-folders.ts";
import { type ImportScores, spreadImports } from "./spread-imports.ts";

/** Of so many of the likeliest seeds, so many words are looked for. */
const likeSeeds = 5;
const likeWords = 40;

export type SpreadOptions = {
  /** Commits after which a change says half as much. */
  decay?: number;
  /** Words of the seeds that are looked for elsewhere. */
  words?: number;
};

/** What files that likely change say of the others, with what is needed to explain it. Signals are scaled. */
export type SpreadSignals = {
  seeds: readonly Seed[];
  signals: Signals<"changes" | "folders" | "imports" | "likeness" | "likeWindows">;
  changes: ChangeScores;
  imports: ImportScores;
};

export function spreadSeeds(
  corpus: Corpus,
  seeds: readonly Seed[],
  options: SpreadOptions = {},
): SpreadSignals {
  const changes = spreadChanges(corpus, seeds, options.decay);
  const imports = spreadImports(corpus, seeds);
  const words = findSeedWords(corpus, seeds.slice(0, likeSeeds), options.words ?? likeWords);
  const like = scoreWords(corpus, words);
  const signals = {
    changes: scaleSignal(corpus, changes.signal),
    folders: scaleSignal(corpus, spreadFolders(corpus, seeds)),
    imports: scaleSignal(corpus, imports.signal),
    likeness: scaleSignal(corpus, like.files),
    likeWindows: scaleSignal(corpus, like.windows),
  };
  return { seeds, signals, changes, imports };
}
