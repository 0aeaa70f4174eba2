import type { Codebase } from "../codebase.ts";
import type { RankedFile } from "../ranked-file.ts";
import { addSignals, chooseSeeds, rankSignals } from "./combine-signals.ts";
import { chooseReasons, explainRequest, explainSpread } from "./explain-file.ts";
import { layOutRanking } from "./lay-out-ranking.ts";
import { openCorpus, type Signal } from "./open-corpus.ts";
import { readRequest } from "./read-request.ts";
import { spreadSeeds } from "./spread-seeds.ts";
import { amountWeights, firstWeights, namedWeight, rankWeights, seedsMost } from "./weights.ts";

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
  for (const place of request.named) add(first, place, namedWeight);
  const spread = spreadSeeds(corpus, chooseSeeds(corpus, first, seedsMost));
  const scaled = { ...request.signals, ...spread.signals };
  const ranks = rankSignals(corpus, scaled, request.signals.files);
  const sum = addSignals(corpus, ranks, rankWeights);
  const amounts = addSignals(corpus, request.signals, amountWeights);
  for (const [place, amount] of amounts.entries()) add(sum, place, amount);
  for (const place of request.named) add(sum, place, namedWeight);
  const explain = (place: number): string[] => {
    const byRank: Readonly<Record<string, number>> = rankWeights;
    const byAmount: Readonly<Record<string, number>> = amountWeights;
    const worth = (name: keyof typeof ranks): number =>
      (byRank[name] ?? 0) * (ranks[name][place] ?? 0) +
      (byAmount[name] ?? 0) * (scaled[name][place] ?? 0);
    const asked = explainRequest(corpus, request, place, worth);
    return chooseReasons([...asked, ...explainSpread(corpus, spread, place, worth)]);
  };
  return layOutRanking(corpus, sum, request.words, { top, explain });
}

function add(sum: Signal, place: number, amount: number): void {
  sum[place] = (sum[place] ?? 0) + amount;
}
