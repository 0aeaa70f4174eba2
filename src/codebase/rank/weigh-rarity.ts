/** How much a word tells, by how few of `all` have it (BM25; Robertson and Zaragoza, 2009). */
export const weighRarity = (all: number, having: number): number =>
  Math.log(1 + (all - having + 0.5) / (having + 0.5));

const k1 = 1.2;
const b = 0.75;

/** What a word that comes `count` times is worth in a text of this length, between 0 and 2.2. */
export const saturate = (count: number, length: number, mean: number): number =>
  (count * (k1 + 1)) / (count + k1 * (1 - b + (b * length) / Math.max(1, mean)));
