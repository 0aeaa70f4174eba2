import { hashTerm, termsOf } from "../index/split-terms.ts";
import type { RequestWord } from "./find-request-words.ts";
import { baseOf, type Corpus, emptySignal, type Signal } from "./open-corpus.ts";
import { weighRarity } from "./weigh-rarity.ts";

type Terms = ReadonlyMap<number, number>;
type Names = { bases: readonly Terms[]; symbols: readonly Terms[] };

const known = new WeakMap<Corpus, Names>();

/** The words of file names and of declared names, split once for each codebase. */
function openNames(corpus: Corpus): Names {
  const before = known.get(corpus);
  if (before !== undefined) return before;
  const ofName = new Map<string, Terms>();
  const split = (name: string): Terms => {
    const terms = ofName.get(name) ?? termsOf(name);
    ofName.set(name, terms);
    return terms;
  };
  const names = {
    bases: corpus.files.map(({ path }) => termsOfBase(baseOf(path))),
    symbols: corpus.files.map(({ symbols }) => addUp(symbols.map(({ name }) => split(name)))),
  };
  known.set(corpus, names);
  return names;
}

/** The words of a file's name and the whole of it, which is a name of the code as often as not. */
function termsOfBase(base: string): Terms {
  const terms = new Map(termsOf(base));
  terms.set(hashTerm(`=${base.replace(/[-_.]/g, "").toLowerCase()}`), 1);
  return terms;
}

function addUp(all: readonly Terms[]): Terms {
  const sum = new Map<number, number>();
  for (const terms of all)
    for (const [term, count] of terms) sum.set(term, (sum.get(term) ?? 0) + count);
  return sum;
}

/** How names of files meet words. */
export const scoreBases = (corpus: Corpus, words: readonly RequestWord[]): Signal =>
  scoreField(corpus, words, openNames(corpus).bases, 0.5);

/** How names that files declare meet words. */
export const scoreDeclared = (corpus: Corpus, words: readonly RequestWord[]): Signal =>
  scoreField(corpus, words, openNames(corpus).symbols, 0.25);

/** Rare words count for more, further ones of a kind for less, and a field of many words for less by `evenness`. */
function scoreField(
  corpus: Corpus,
  words: readonly RequestWord[],
  field: readonly Terms[],
  evenness: number,
): Signal {
  const signal = emptySignal(corpus);
  for (const { hash, weight } of words) {
    const having = field.flatMap((terms, place) => (terms.has(hash) ? [place] : []));
    const rarity = weighRarity(field.length, having.length);
    for (const place of having) {
      const terms = field[place] ?? new Map<number, number>();
      const count = terms.get(hash) ?? 0;
      const worth = (weight * rarity * 2 * count) / (count + 1) / (1 + terms.size) ** evenness;
      signal[place] = (signal[place] ?? 0) + worth;
    }
  }
  return signal;
}
