import { type Corpus, emptySignal, type Signal } from "./open-corpus.ts";
import type { Seed } from "./seed.ts";

/** Files beside the seeds; in a folder of many files that says less. */
export function spreadFolders(corpus: Corpus, seeds: readonly Seed[]): Signal {
  const { folderOf, filesIn } = corpus.paths;
  const weights = new Map<number, number>();
  for (const { place, weight } of seeds) {
    const folder = folderOf[place] ?? 0;
    weights.set(folder, (weights.get(folder) ?? 0) + weight);
  }
  const signal = emptySignal(corpus);
  for (const [folder, weight] of weights) {
    const files = filesIn[folder] ?? [];
    const sources = files.filter((place) => corpus.tests[place] !== 1).length;
    // A folder of tests alone has no size.
    for (const place of files) signal[place] = weight / Math.sqrt(sources || 1);
  }
  return signal;
}
