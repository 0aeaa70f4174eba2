import { createTable } from "./count-words.ts";
import type { RequestWord } from "./find-request-words.ts";
import type { Corpus } from "./open-corpus.ts";
import type { Seed } from "./seed.ts";

/**
 * The words that tell the seeds from other files: those that come often in them and are rare elsewhere, `most` of them, each counting
 * for one.
 */
export function findSeedWords(corpus: Corpus, seeds: readonly Seed[], most: number): RequestWord[] {
  const shares = new Map<number, number>();
  for (const { place, weight } of seeds) {
    const scale = weight / Math.sqrt(corpus.lengths[place] || 1);
    for (const { terms, counts } of corpus.files[place]?.windows ?? [])
      for (const [at, term] of terms.entries())
        shares.set(term, (shares.get(term) ?? 0) + scale * (counts[at] ?? 0));
  }
  const words = [...shares.keys()].sort((left, right) => left - right);
  const having = countFiles(corpus, words);
  return words
    .map((hash, at) => ({
      hash,
      worth: (shares.get(hash) ?? 0) * Math.log(1 + corpus.files.length / (having[at] || 1)),
    }))
    .sort((left, right) => right.worth - left.worth || left.hash - right.hash)
    .slice(0, most)
    .map(({ hash }) => ({ hash, weight: 1, written: "" }));
}

/** In how many files each word stands. */
function countFiles(corpus: Corpus, words: readonly number[]): Uint32Array {
  const find = createTable(words);
  const having = new Uint32Array(words.length);
  const last = new Int32Array(words.length).fill(-1);
  for (const [file, { windows }] of corpus.files.entries()) {
    for (const { terms } of windows) {
      for (let at = 0; at < terms.length; at++) {
        const word = find(terms[at] ?? 0);
        if (word < 0 || last[word] === file) continue;
        last[word] = file;
        having[word] = (having[word] ?? 0) + 1;
      }
    }
  }
  return having;
}
