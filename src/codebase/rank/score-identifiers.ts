import { countWords } from "./count-words.ts";
import type { RequestWord } from "./find-request-words.ts";
import { type Corpus, emptySignal, type Signal } from "./open-corpus.ts";
import { weighRarity } from "./weigh-rarity.ts";

/** Files that have names of the request, however often; rare names count for more. */
export function scoreIdentifiers(corpus: Corpus, identifiers: readonly RequestWord[]): Signal {
  const { hits } = countWords(
    corpus,
    identifiers.map(({ hash }) => hash),
  );
  const signal = emptySignal(corpus);
  for (const found of hits) {
    const having = new Set(found.filter((_, at) => at % 3 === 0));
    const rarity = weighRarity(corpus.files.length, having.size);
    for (const place of having) signal[place] = (signal[place] ?? 0) + rarity;
  }
  return signal;
}
