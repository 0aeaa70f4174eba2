import type { Counts } from "./count-words.ts";
import type { RequestWord } from "./find-request-words.ts";
import { type Corpus, emptySignal, type Signal } from "./open-corpus.ts";
import { weighRarity } from "./weigh-rarity.ts";

/** Files that have names of the request, however often; rare names count for more. */
export function scoreIdentifiers(
  corpus: Corpus,
  identifiers: readonly RequestWord[],
  counts: Counts,
): Signal {
  const signal = emptySignal(corpus);
  for (const { hash } of identifiers) {
    const windows = counts.get(hash)?.places ?? [];
    const having = new Set(windows.map((window) => corpus.windows.files[window] ?? 0));
    const rarity = weighRarity(corpus.files.length, having.size);
    for (const place of having) signal[place] = (signal[place] ?? 0) + rarity;
  }
  return signal;
}
