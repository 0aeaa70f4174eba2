import { hashTerm } from "./hash-term.ts";
import { splitIdentifier } from "./split-identifier.ts";

/** What a scanner knows of names it has seen: which terms they stand for. Terms are numbered in the order they came. */
export type NameTable = {
  /** Numbers of the terms of `text` from `start` to `end`; `first` and `second` are two hashes of it that the scanner made. */
  find(first: number, second: number, text: string, start: number, end: number): readonly number[];
  /** Hash of a term by its number. */
  hashOf(term: number): number;
  terms(): number;
};

/**
 * A hash table over two hashes of 32 bits, which are taken for the name itself: cutting every name out of the text and looking it up as
 * a string is what takes the time.
 */
export function createNameTable(): NameTable {
  let size = 1 << 14;
  let firsts = new Int32Array(size);
  let seconds = new Int32Array(size);
  let places = new Int32Array(size);
  const entries: (readonly number[])[] = [[]];
  const numbers = new Map<number, number>();
  const hashes: number[] = [];

  const numberOf = (term: string): number => {
    const hash = hashTerm(term);
    const known = numbers.get(hash);
    if (known !== undefined) return known;
    numbers.set(hash, hashes.length);
    return hashes.push(hash) - 1;
  };
  const slotOf = (first: number, second: number): number => {
    let slot = (first ^ (second >>> 7)) & (size - 1);
    while (places[slot] !== 0 && (firsts[slot] !== first || seconds[slot] !== second))
      slot = (slot + 1) & (size - 1);
    return slot;
  };
  const put = (first: number, second: number, place: number): void => {
    const slot = slotOf(first, second);
    firsts[slot] = first;
    seconds[slot] = second;
    places[slot] = place;
  };
  const grow = (): void => {
    const old = { firsts, seconds, places };
    size *= 2;
    firsts = new Int32Array(size);
    seconds = new Int32Array(size);
    places = new Int32Array(size);
    for (const [slot, place] of old.places.entries())
      if (place !== 0) put(old.firsts[slot] ?? 0, old.seconds[slot] ?? 0, place);
  };
  return {
    find: (first, second, text, start, end) => {
      const place = places[slotOf(first, second)] ?? 0;
      if (place !== 0) return entries[place] ?? [];
      if (entries.length * 2 > size) grow();
      const terms = splitIdentifier(text.slice(start, end)).map(numberOf);
      put(first, second, entries.push(terms) - 1);
      return terms;
    },
    hashOf: (term) => hashes[term] ?? 0,
    terms: () => hashes.length,
  };
}
