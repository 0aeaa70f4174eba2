/** Some hashes that are looked for, in a table of open addresses: terms of the index are hashes already. */
export type TermTable = { keys: Uint32Array; places: Int32Array };

/** A table over `hashes`, none of which comes twice. */
export function createTable(hashes: readonly number[]): TermTable {
  let size = 64;
  while (size < hashes.length * 4) size *= 2;
  const keys = new Uint32Array(size);
  const places = new Int32Array(size).fill(-1);
  for (const [place, hash] of hashes.entries()) {
    let slot = hash & (size - 1);
    while (places[slot] !== -1) slot = (slot + 1) & (size - 1);
    keys[slot] = hash;
    places[slot] = place;
  }
  return { keys, places };
}

/**
 * Which of `terms` are looked for: pairs of a place in `terms` and the place of its hash are put into `found`, which must have room for
 * a pair a term. Returns how many numbers were put there. Every walk over the index is this one loop, so that it is soon compiled.
 */
export function findTerms(
  { keys, places }: TermTable,
  terms: Uint32Array,
  found: Int32Array,
): number {
  const mask = keys.length - 1;
  let size = 0;
  for (let at = 0; at < terms.length; at++) {
    const hash = terms[at] as number;
    let slot = hash & mask;
    let place = places[slot] as number;
    while (place !== -1 && keys[slot] !== hash) {
      slot = (slot + 1) & mask;
      place = places[slot] as number;
    }
    if (place === -1) continue;
    found[size++] = at;
    found[size++] = place;
  }
  return size;
}
