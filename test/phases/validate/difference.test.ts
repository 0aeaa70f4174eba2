import { expect, test } from "@jest/globals";
import { diffLines } from "../../../src/phases/validate/diff-lines.ts";
import { renderDifference } from "../../../src/phases/validate/render-difference.ts";

const lines = (...all: (string | number)[]): string => all.join("\n");

test.each([
  ["nothing", lines(1, 2), lines(1, 2), ""],
  ["a line for another", lines(1, 2, 3), lines(1, "two", 3), lines(" 1", "-2", "+two", " 3")],
  ["a line more", lines(1, 2), lines(1, "new", 2), lines(" 1", "+new", " 2")],
  ["a line less", lines(1, 2, 3), lines(1, 3), lines(" 1", "-2", " 3")],
  [
    "two places far apart, with what is between left out",
    lines("a", 2, 3, 4, 5, 6, 7, 8, "z"),
    lines("A", 2, 3, 4, 5, 6, 7, 8, "Z"),
    lines("-a", "+A", " 2", " 3", "@@", " 7", " 8", "-z", "+Z"),
  ],
  ["all of it", "a", "b", lines("-a", "+b")],
])("%s", (_name, before, after, shown) => {
  expect(diffLines(before, after)).toBe(shown);
});

test("names the documents that change and no others, and ends where nobody would read on", () => {
  const long = Array.from({ length: 1_000 }, (_, index) => `line ${index}`).join("\n");
  const shown = renderDifference({ "a.md": "x", "b.md": "same" }, { "a.md": long, "b.md": "same" });
  expect(shown.split("\n").slice(0, 4)).toEqual(["--- a.md", "+++ a.md", "-x", "+line 0"]);
  expect(shown).not.toContain("b.md");
  expect(shown.split("\n")).toHaveLength(401);
  expect(shown).toMatch(/\[\d+ more lines\]$/);
});

test("two long texts without a line in common are shown in a moment", () => {
  const left = Array.from({ length: 5_000 }, (_, index) => `a${index}`).join("\n");
  const right = Array.from({ length: 5_000 }, (_, index) => `b${index}`).join("\n");
  expect(diffLines(left, right).split("\n")).toHaveLength(10_000);
});
