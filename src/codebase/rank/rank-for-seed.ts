import type { Codebase } from "../codebase.ts";
import type { RankedFile } from "../ranked-file.ts";
import { addSignals } from "./combine-signals.ts";
import { chooseReasons, explainRequest, explainSpread } from "./explain-file.ts";
import { layOutRanking } from "./lay-out-ranking.ts";
import { type Corpus, emptySignal, openCorpus, type Signal } from "./open-corpus.ts";
import { type RequestSignals, readRequest } from "./read-request.ts";
import { readSeed, type SeedSignals } from "./read-seed.ts";
import { namedWeight, seedAndRequestWeights, seedWeights } from "./weights.ts";

/**
 * Files that may have to change with one, best first, with reasons: by what changed with it, what it imports, what is like it, and by
 * the request where there is one. The seed itself is left out. Empty for a path that is no code. Same input, same output.
 */
export function rankForSeed(
  codebase: Codebase,
  seed: string,
  query: string | null,
  { top }: { top: number },
): RankedFile[] {
  const corpus = openCorpus(codebase);
  const place = corpus.places.get(seed);
  if (place === undefined) return [];
  const own = readSeed(corpus, place);
  const request = query === null ? null : readRequest(corpus, query);
  const sum =
    request === null || request.silent ? sumAlone(corpus, own) : sumBoth(corpus, own, request);
  sum[place] = 0;
  const explain = (other: number): string[] => explainSeed(corpus, own, request, other);
  return layOutRanking(corpus, sum, request?.words ?? [], { top, explain });
}

const sumAlone = (corpus: Corpus, { signals }: SeedSignals): Signal =>
  addSignals(corpus, signals, seedWeights);

function sumBoth(corpus: Corpus, own: SeedSignals, request: RequestSignals): Signal {
  const signals = { ...own.signals, ...request.signals };
  const sum = addSignals(corpus, signals, seedAndRequestWeights);
  for (const place of request.named) sum[place] = (sum[place] ?? 0) + namedWeight;
  return sum;
}

function explainSeed(
  corpus: Corpus,
  own: SeedSignals,
  request: RequestSignals | null,
  place: number,
): string[] {
  const weights = request === null ? seedWeights : seedAndRequestWeights;
  const worth = (signals: Readonly<Record<string, Signal>>, name: string): number =>
    (Object.entries(weights).find(([one]) => one === name)?.[1] ?? 0) *
    ((signals[name] ?? emptySignal(corpus))[place] ?? 0);
  const asked =
    request === null
      ? []
      : explainRequest(corpus, request, place, (name) => worth(request.signals, name));
  const spread = explainSpread(corpus, own.spread, place, (name) => worth(own.signals, name));
  return chooseReasons([...asked, ...spread]);
}
