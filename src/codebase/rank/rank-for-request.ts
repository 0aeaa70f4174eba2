import type { Codebase } from "../codebase.ts";
import type { RankedFile } from "../ranked-file.ts";
import { addSignals, chooseSeeds } from "./combine-signals.ts";
import { chooseReasons, explainRequest, explainSpread } from "./explain-file.ts";
import { layOutRanking } from "./lay-out-ranking.ts";
import { openCorpus } from "./open-corpus.ts";
import { readRequest } from "./read-request.ts";
import { spreadSeeds } from "./spread-seeds.ts";
import { firstWeights, namedWeight, requestWeights, seedsMost } from "./weights.ts";

/**
 * Files that a request is about, best first, with reasons. A first round goes by what the request says: words, names, and commits of the
 * past that were about the same. A second lets the likeliest sources speak for others: what changes with them, what they import, what
 * lies beside them and is like them. Empty when nothing of the codebase has to do with the request. Same input, same output.
 */
export function rankForRequest(
  codebase: Codebase,
  query: string,
  { top }: { top: number },
): RankedFile[] {
  const corpus = openCorpus(codebase);
  const request = readRequest(corpus, query);
  if (request.silent) return [];
  const first = addSignals(corpus, request.signals, firstWeights);
  for (const place of request.named) first[place] = (first[place] ?? 0) + namedWeight;
  const spread = spreadSeeds(corpus, chooseSeeds(corpus, first, seedsMost));
  const signals = { ...request.signals, ...spread.signals };
  const sum = addSignals(corpus, signals, requestWeights);
  for (const place of request.named) sum[place] = (sum[place] ?? 0) + namedWeight;
  const explain = (place: number): string[] => {
    const weights: Readonly<Record<string, number>> = requestWeights;
    const worth = (name: keyof typeof signals): number =>
      (weights[name] ?? 0) * (signals[name][place] ?? 0);
    const asked = explainRequest(corpus, request, place, worth);
    return chooseReasons([...asked, ...explainSpread(corpus, spread, place, worth)]);
  };
  return layOutRanking(corpus, sum, request.words, { top, explain });
}
