import { type Corpus, emptySignal, folderOf, type Signal } from "./open-corpus.ts";
import type { Seed } from "./seed.ts";

/** Files beside the seeds; in a folder of many files that says less. */
export function spreadFolders(corpus: Corpus, seeds: readonly Seed[]): Signal {
  const sizes = new Map<string, number>();
  for (const [place, { path }] of corpus.files.entries()) {
    if (corpus.tests[place] === 1) continue;
    const folder = folderOf(path);
    sizes.set(folder, (sizes.get(folder) ?? 0) + 1);
  }
  const weights = new Map<string, number>();
  for (const { place, weight } of seeds) {
    const folder = folderOf(corpus.files[place]?.path ?? "");
    weights.set(folder, (weights.get(folder) ?? 0) + weight);
  }
  const signal = emptySignal(corpus);
  for (const [place, { path }] of corpus.files.entries()) {
    const folder = folderOf(path);
    signal[place] = (weights.get(folder) ?? 0) / Math.sqrt(sizes.get(folder) ?? 1);
  }
  return signal;
}
