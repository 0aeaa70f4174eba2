import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { rankSignals } from "../../../src/codebase/rank/combine-signals.ts";
import { createTable, findTerms } from "../../../src/codebase/rank/find-terms.ts";
import type { Corpus } from "../../../src/codebase/rank/open-corpus.ts";
import { pickHighest } from "../../../src/codebase/rank/pick-highest.ts";
import { saturate, weighRarity } from "../../../src/codebase/rank/weigh-rarity.ts";

test("a table tells the place of every hash that is in it, and of no other", () => {
  const hash = fc.integer({ min: 0, max: 0xffffffff });
  // Hashes that differ by a power of two meet in one slot.
  const colliding = fc.integer({ min: 0, max: 40 }).map((at) => (at * 65_536) >>> 0);
  const some = fc.oneof(hash, colliding);
  fc.assert(
    fc.property(
      fc.uniqueArray(some, { maxLength: 80 }),
      fc.array(some, { maxLength: 80 }),
      (all, others) => {
        const terms = [...others, ...all];
        const found = new Int32Array(terms.length * 2);
        const size = findTerms(createTable(all), Uint32Array.from(terms), found);
        const wanted = terms.flatMap((term, at) =>
          all.includes(term) ? [at, all.indexOf(term)] : [],
        );
        expect([...found.subarray(0, size)]).toEqual(wanted);
      },
    ),
  );
});

test("the highest are picked in their order, of equal ones the first", () => {
  const value = fc.integer({ min: 0, max: 9 });
  fc.assert(
    fc.property(fc.array(value), fc.nat(12), (values, most) => {
      const places = [...values.keys()].filter((place) => place % 3 !== 1);
      const sorted = [...places].sort(
        (left, right) => (values[right] ?? 0) - (values[left] ?? 0) || left - right,
      );
      expect(pickHighest(Float64Array.from(values), places, most)).toEqual(sorted.slice(0, most));
    }),
  );
});

test("a rare word tells more than a common one, and every further time a word comes less than the one before", () => {
  expect(weighRarity(100, 1)).toBeGreaterThan(weighRarity(100, 50));
  expect(weighRarity(100, 100)).toBeGreaterThan(0);
  const gains = [1, 2, 3, 4].map((count) => saturate(count, 50, 50) - saturate(count - 1, 50, 50));
  expect(gains).toEqual([...gains].sort((left, right) => right - left));
  expect(saturate(2, 10, 50)).toBeGreaterThan(saturate(2, 500, 50));
});

const corpusOf = (tests: readonly boolean[]): Corpus =>
  ({ tests: Uint8Array.from(tests, Number) }) as unknown as Corpus;

test("a signal's order counts, not how far apart its values lie; ties go by the words, sources and tests apart", () => {
  const corpus = corpusOf([false, false, false, true, false]);
  const words = Float64Array.from([1, 2, 0, 0, 0]);
  const near = { a: Float64Array.from([0.5, 0.5, 1, 0.01, 0]) };
  const far = { a: Float64Array.from([5, 5, 999, 3, 0]) };
  const ranks = rankSignals(corpus, near, words);
  expect([...ranks.a]).toEqual([10 / 13, 10 / 12, 10 / 11, 10 / 11, 0]);
  expect(rankSignals(corpus, far, words)).toEqual(ranks);
});

test("ranks keep the order of a signal, also behind the places that are told apart", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(600), { maxLength: 1_500 }), (values) => {
      const corpus = corpusOf(values.map(() => false));
      const signal = Float64Array.from(values, (value) => value / 600);
      const { a } = rankSignals(corpus, { a: signal }, new Float64Array(values.length));
      const places = [...values.keys()].sort((left, right) => (a[right] ?? 0) - (a[left] ?? 0));
      const sorted = places.map((place) => values[place] ?? 0);
      expect(sorted).toEqual([...values].sort((left, right) => right - left));
      expect(a.every((rank, place) => rank > 0 === (values[place] ?? 0) > 0)).toBe(true);
    }),
  );
});
