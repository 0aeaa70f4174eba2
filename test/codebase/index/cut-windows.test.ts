import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { createTermCounter } from "../../../src/codebase/index/count-terms.ts";
import { cutLines, cutWindows, lineStarts } from "../../../src/codebase/index/cut-windows.ts";

test.each([
  ["", []],
  ["a", [0]],
  ["a\n", [0]],
  ["a\nb", [0, 2]],
  ["\n\n", [0, 1]],
])("lines of %j begin at %j", (text, starts) => {
  expect(lineStarts(text)).toEqual(starts);
});

test.each([
  ["a short file is one window", 75, [], [1]],
  ["every sixty lines where nothing is declared", 190, [], [1, 61, 121]],
  ["at the declaration nearest to that", 190, [52, 66, 118], [1, 66, 118]],
  ["a declaration far away does not count", 190, [20, 90, 100], [1, 61, 121]],
])("%s", (_, lines, declarations, begins) => {
  expect(cutLines(lines, declarations)).toEqual(begins);
});

const count = createTermCounter();

test("windows cover every line once, in order, and hold every word", () => {
  const lines = fc.array(fc.constantFrom("", "alpha", "beta gamma", "deltaOmega()"), {
    maxLength: 400,
  });
  const symbols = fc.array(fc.integer({ min: 1, max: 400 }).map((line) => ({ line })));
  fc.assert(
    fc.property(lines, symbols, (words, declared) => {
      const text = words.join("\n");
      const starts = lineStarts(text);
      const windows = cutWindows(text, starts, declared, count);
      const covered = windows.flatMap(({ startLine, endLine }) =>
        Array.from({ length: endLine - startLine + 1 }, (_, n) => startLine + n),
      );
      expect(covered).toEqual(starts.map((_, index) => index + 1));
      const whole = count(text, 0, text.length);
      expect(windows.reduce((sum, { length }) => sum + length, 0)).toBe(whole.length);
      expect(windows.every(({ startLine, endLine }) => endLine - startLine < 76)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test("terms of a window are sorted and stand once", () => {
  const text = "delta alpha beta alpha gammaRay\n".repeat(30);
  const [window] = cutWindows(text, lineStarts(text), [], count);
  const terms = [...(window?.terms ?? [])];
  expect(terms).toEqual([...new Set(terms)].sort((left, right) => left - right));
  expect([...(window?.counts ?? [])].sort((left, right) => left - right)).toEqual([
    ...[30, 30, 30, 30, 30, 60],
  ]);
});
