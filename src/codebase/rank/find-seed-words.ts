import { countFiles } from "./count-words.ts";
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
      for (let at = 0; at < terms.length; at++) {
        const term = terms[at] ?? 0;
        shares.set(term, (shares.get(term) ?? 0) + scale * (counts[at] ?? 0));
      }
  }
  const words = [...shares.keys()].sort((left, right) => left - right);
  const having = countFiles(corpus.files, words);
  return words
    .map((hash, at) => ({
      hash,
      worth: (shares.get(hash) ?? 0) * Math.log(1 + corpus.files.length / (having[at] || 1)),
    }))
    .sort((left, right) => right.worth - left.worth || left.hash - right.hash)
    .slice(0, most)
    .map(({ hash }) => ({ hash, weight: 1, written: "" }));
}
