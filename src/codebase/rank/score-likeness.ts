import { createTable } from "./count-words.ts";
import { type Corpus, emptySignal, type Signal } from "./open-corpus.ts";

/**
 * How much of its vocabulary a file shares with another: the product of their words by rarity (tf-idf). A long file shares more by
 * chance, and counts for less.
 */
export function scoreLikeness(corpus: Corpus, seed: number): Signal {
  const words = new Set(corpus.files[seed]?.windows.flatMap(({ terms }) => [...terms]) ?? []);
  const counts = countByFile(corpus, [...words]);
  const rarities = new Float64Array(words.size);
  for (const file of counts)
    for (const word of file.keys()) rarities[word] = (rarities[word] ?? 0) + 1;
  for (const [word, having] of rarities.entries())
    rarities[word] = Math.log(1 + corpus.files.length / Math.max(1, having)) ** 2;
  const own = counts[seed] ?? new Map<number, number>();
  const signal = emptySignal(corpus);
  for (const [place, file] of counts.entries()) {
    if (place === seed) continue;
    let sum = 0;
    for (const [word, count] of file)
      sum += (rarities[word] ?? 0) * (1 + Math.log(count)) * (1 + Math.log(own.get(word) ?? 1));
    signal[place] = sum / Math.max(1, corpus.lengths[place] ?? 1) ** 0.25;
  }
  return signal;
}

function countByFile(corpus: Corpus, words: readonly number[]): Map<number, number>[] {
  const find = createTable(words);
  return corpus.files.map(({ windows }) => {
    const found = new Map<number, number>();
    for (const { terms, counts } of windows) {
      for (let at = 0; at < terms.length; at++) {
        const word = find(terms[at] ?? 0);
        if (word >= 0) found.set(word, (found.get(word) ?? 0) + (counts[at] ?? 0));
      }
    }
    return found;
  });
}
