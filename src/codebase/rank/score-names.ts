import { WHOLE } from "../index/split-identifier.ts";
import type { RequestWord } from "./find-request-words.ts";
import { findListed, listTerms, sizeOf, type TermLists } from "./list-terms.ts";
import { baseOf, type Corpus, emptySignal, type Signal } from "./open-corpus.ts";
import { remember } from "./remember.ts";
import { openSplitter } from "./split-names.ts";
import { weighRarity } from "./weigh-rarity.ts";

/** The words of each file's name and the whole of it, which is a name of the code as often as not. Split once for each codebase. */
const openBases = remember(
  ({ files, codebase }: Corpus): TermLists =>
    listTerms(
      files.map(({ path }) => baseOf(path)),
      openSplitter(codebase),
      (base) => WHOLE + base.replace(/[-_.]/g, "").toLowerCase(),
    ),
);

/** How names of files meet words: rare words count for more, and a name of many words for less. */
export function scoreBases(corpus: Corpus, words: readonly RequestWord[]): Signal {
  const bases = openBases(corpus);
  const signal = emptySignal(corpus);
  const hits = findListed(bases, words);
  for (const [word, { weight }] of words.entries()) {
    const { places, counts } = hits[word] ?? { places: [], counts: [] };
    const rarity = weighRarity(corpus.files.length, places.length);
    for (const [at, place] of places.entries()) {
      const count = counts[at] ?? 0;
      const share = (2 * count) / (count + 1) / Math.sqrt(1 + sizeOf(bases, place));
      signal[place] = (signal[place] ?? 0) + weight * rarity * share;
    }
  }
  return signal;
}
