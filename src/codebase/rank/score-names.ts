import { hashTerm, termsOf } from "../index/split-terms.ts";
import type { RequestWord } from "./find-request-words.ts";
import { baseOf, type Corpus, emptySignal, type Signal } from "./open-corpus.ts";
import { weighRarity } from "./weigh-rarity.ts";

type Terms = ReadonlyMap<number, number>;

const known = new WeakMap<Corpus, readonly Terms[]>();

/** The words of file names, split once for each codebase. */
function openBases(corpus: Corpus): readonly Terms[] {
  const bases = known.get(corpus) ?? corpus.files.map(({ path }) => termsOfBase(baseOf(path)));
  known.set(corpus, bases);
  return bases;
}

/** The words of a file's name and the whole of it, which is a name of the code as often as not. */
function termsOfBase(base: string): Terms {
  const terms = new Map(termsOf(base));
  terms.set(hashTerm(`=${base.replace(/[-_.]/g, "").toLowerCase()}`), 1);
  return terms;
}

/** How names of files meet words: rare words count for more, and a name of many words for less. */
export function scoreBases(corpus: Corpus, words: readonly RequestWord[]): Signal {
  const bases = openBases(corpus);
  const signal = emptySignal(corpus);
  for (const { hash, weight } of words) {
    const having = [...bases.keys()].filter((place) => bases[place]?.has(hash) === true);
    const rarity = weighRarity(bases.length, having.length);
    for (const place of having) {
      const count = bases[place]?.get(hash) ?? 0;
      const share = (2 * count) / (count + 1) / Math.sqrt(1 + (bases[place]?.size ?? 0));
      signal[place] = (signal[place] ?? 0) + weight * rarity * share;
    }
  }
  return signal;
}
