/** What each word brought each file, to tell later of a few files which words did most. */
export type Telling = {
  /** Words come in ascending order. */
  add(word: number, place: number, score: number): void;
  /** Words of a file, the most telling first. */
  of(place: number): readonly number[];
};

/** For files with places below `size`. What was added is put in order by files when it is first asked for. */
export function createTelling(size: number): Telling {
  const words: number[] = [];
  const places: number[] = [];
  const scores: number[] = [];
  let chains: { heads: Int32Array; nexts: Int32Array } | null = null;
  return {
    add: (word, place, score) => {
      words.push(word);
      places.push(place);
      scores.push(score);
    },
    of: (place) => {
      chains ??= chain(places, size);
      const own: number[] = [];
      for (let at = chains.heads[place] ?? -1; at !== -1; at = chains.nexts[at] ?? -1) own.push(at);
      return own
        .sort((left, right) => (scores[right] ?? 0) - (scores[left] ?? 0) || left - right)
        .map((at) => words[at] ?? 0);
    },
  };
}

/** Links entries of the same place. */
function chain(places: readonly number[], size: number): { heads: Int32Array; nexts: Int32Array } {
  const heads = new Int32Array(size).fill(-1);
  const nexts = new Int32Array(places.length);
  for (let at = 0; at < places.length; at++) {
    const place = places[at] ?? 0;
    nexts[at] = heads[place] ?? -1;
    heads[place] = at;
  }
  return { heads, nexts };
}
