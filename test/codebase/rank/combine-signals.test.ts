import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { createTable } from "../../../src/codebase/rank/count-words.ts";
import { saturate, weighRarity } from "../../../src/codebase/rank/weigh-rarity.ts";

test("a table tells the place of every hash that is in it, and of no other", () => {
  const hash = fc.integer({ min: 0, max: 0xffffffff });
  // Hashes that differ by a power of two meet in one slot.
  const colliding = fc.integer({ min: 0, max: 40 }).map((at) => (at * 65_536) >>> 0);
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.oneof(hash, colliding), { maxLength: 80 }),
      hash,
      (all, other) => {
        const find = createTable(all);
        expect(all.map(find)).toEqual([...all.keys()]);
        if (!all.includes(other)) expect(find(other)).toBe(-1);
      },
    ),
  );
});

test("a rare word tells more than a common one, and every further time a word comes less than the one before", () => {
  expect(weighRarity(100, 1)).toBeGreaterThan(weighRarity(100, 50));
  expect(weighRarity(100, 100)).toBeGreaterThan(0);
  const gains = [1, 2, 3, 4].map((count) => saturate(count, 50, 50) - saturate(count - 1, 50, 50));
  expect(gains).toEqual([...gains].sort((left, right) => right - left));
  expect(saturate(2, 10, 50)).toBeGreaterThan(saturate(2, 500, 50));
});
