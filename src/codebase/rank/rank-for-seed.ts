import type { Codebase } from "../codebase.ts";
import type { RankedFile } from "../ranked-file.ts";
import { addSignals } from "./combine-signals.ts";
import { chooseReasons, explainRequest, explainSpread, type Reason } from "./explain-file.ts";
import { layOutRanking } from "./lay-out-ranking.ts";
import { type Corpus, openCorpus, type Signal } from "./open-corpus.ts";
import { rankForRequest } from "./rank-for-request.ts";
import { type RequestSignals, readRequest } from "./read-request.ts";
import { readSeed, type SeedSignals } from "./read-seed.ts";
import { namedWeight, seedAndRequestWeights, seedWeights } from "./weights.ts";

/**
 * Files that may have to change with one, best first, with reasons: by what changed with it, what it imports, what is like it, and by
 * the request where there is one. The seed itself is left out. A seed that is no code speaks by the words of its path alone. Same input,
 * same output.
 */
export function rankForSeed(
  codebase: Codebase,
  seed: string,
  query: string | null,
  { top }: { top: number },
): RankedFile[] {
  const corpus = openCorpus(codebase);
  const place = corpus.places.get(seed);
  if (place === undefined) return rankByPath(codebase, seed, query, top);
  const own = readSeed(corpus, place);
  const asked = query === null ? null : readRequest(corpus, query);
  const request = asked?.silent === true ? null : asked;
  const sum = request === null ? sumAlone(corpus, own) : sumBoth(corpus, own, request);
  sum[place] = 0;
  const explain = (other: number): string[] => explainSeed(corpus, own, request, other);
  return layOutRanking(corpus, sum, asked?.words ?? [], { top, explain });
}

function rankByPath(
  codebase: Codebase,
  seed: string,
  query: string | null,
  top: number,
): RankedFile[] {
  const words = seed.replace(/\W+/g, " ");
  return rankForRequest(codebase, query === null ? words : `${query}\n${words}`, { top: top + 1 })
    .filter(({ path }) => path !== seed)
    .slice(0, top);
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
  const weights: Readonly<Record<string, number>> =
    request === null ? seedWeights : seedAndRequestWeights;
  const worthOf =
    (signals: Readonly<Record<string, Signal>>) =>
    (name: string): number =>
      (weights[name] ?? 0) * (signals[name]?.[place] ?? 0);
  const worth = worthOf(own.signals);
  const asked =
    request === null ? [] : explainRequest(corpus, request, place, worthOf(request.signals));
  const alike: Reason = {
    worth: worth("likeness"),
    text: "many of the same words",
    vague: true,
  };
  return chooseReasons([...asked, ...explainSpread(corpus, own.spread, place, worth), alike]);
}
