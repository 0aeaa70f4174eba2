import type { ImportEdge } from "../codebase.ts";
import { type Corpus, emptySignal, type Signal } from "./open-corpus.ts";
import type { Seed } from "./seed.ts";

export type ImportScores = { signal: Signal; bestOf(place: number): number | null };

/** What the seeds import. A file that imports much, or that everything imports, says little. */
export function spreadImports(corpus: Corpus, seeds: readonly Seed[]): ImportScores {
  const { graph } = corpus.codebase;
  const signal = emptySignal(corpus);
  const best = new Map<number, { seed: number; worth: number }>();
  // Seeds import the same files as often as not.
  const known = new Map<string, number>();
  const countImporters = (target: string): number => {
    const count = known.get(target) ?? countFiles(graph.importersOf(target));
    known.set(target, count);
    return count;
  };
  for (const { place: seed, weight } of seeds) {
    const path = corpus.files[seed]?.path ?? "";
    const targets = new Set(graph.importsOf(path).map(({ to }) => to));
    for (const target of targets) {
      const place = corpus.places.get(target);
      if (place === undefined || place === seed) continue;
      const importers = countImporters(target);
      const worth = weight / Math.sqrt(targets.size + 1) / Math.sqrt(importers + 1);
      signal[place] = (signal[place] ?? 0) + worth;
      if (worth > (best.get(place)?.worth ?? 0)) best.set(place, { seed, worth });
    }
  }
  return { signal, bestOf: (place) => best.get(place)?.seed ?? null };
}

/** From how many files edges lead; those of one file stand together. */
const countFiles = (edges: readonly ImportEdge[]): number =>
  edges.filter(({ from }, at) => edges[at - 1]?.from !== from).length;
