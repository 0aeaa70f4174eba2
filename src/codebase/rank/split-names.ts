import type { Codebase } from "../codebase.ts";
import { splitIdentifier } from "../index/split-identifier.ts";
import { hashTerm } from "../index/split-terms.ts";
import { remember } from "./remember.ts";

/** Splits short texts by the rules of the index, and remembers every name: paths and subjects repeat them. Terms have numbers. */
export type Splitter = {
  /** Terms name after name; one may come again. */
  split(text: string): readonly (readonly number[])[];
  numberOf(term: string): number;
  hashOf(number: number): number;
  /** How many terms have a number. */
  terms(): number;
};

/** The one of a codebase. */
export const openSplitter = remember((_: Codebase) => createSplitter());

const beyondAscii = /[\u0080-\uffff]/;
const plain = /[A-Za-z_$][\w$]*/g;
const foreign = /[\p{L}\p{M}_$][\p{L}\p{M}\p{N}_$]*/gu;

/** One that knows no name yet. */
export function createSplitter(): Splitter {
  const names = new Map<string, readonly number[]>();
  const numbers = new Map<number, number>();
  const hashes: number[] = [];
  const numberOf = (term: string): number => {
    const hash = hashTerm(term);
    const known = numbers.get(hash);
    if (known !== undefined) return known;
    numbers.set(hash, hashes.length);
    return hashes.push(hash) - 1;
  };
  const splitName = (name: string): readonly number[] => {
    const known = names.get(name);
    if (known !== undefined) return known;
    const terms = splitIdentifier(name).map(numberOf);
    names.set(name, terms);
    return terms;
  };
  return {
    split: (text) => (text.match(beyondAscii.test(text) ? foreign : plain) ?? []).map(splitName),
    numberOf,
    hashOf: (number) => hashes[number] ?? 0,
    terms: () => hashes.length,
  };
}
