import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { explainFailure } from "../../src/shared/explain-failure.ts";
import { toPrintable } from "../../src/shared/printable.ts";

const source = readFileSync(join(import.meta.dirname, "../../src/shared/failure.ts"), "utf8");
const reasons = [...source.matchAll(/^ {2}"?([a-z][a-z-]+)"?: (?:\{|Record)/gm)].map(
  (match) => match[1] ?? "",
);

/** Any field a failure may have, so that each explanation can be read. */
const anything = new Proxy({} as Record<string, unknown>, {
  get: (_target, name) =>
    ({
      bytes: 5,
      limit: 4,
      line: 3,
      column: 2,
      issue: 1,
      spent: 4_900_000,
      allowance: 5_000_000,
      unit: "usd",
      known: ["a", "b"],
    })[String(name)] ?? `<${String(name)}>`,
});

describe("every failure in words", () => {
  test("the list of reasons was found", () => expect(reasons.length).toBeGreaterThan(35));

  test.each(reasons)("%s says what happened and what to do", (reason) => {
    const words = explainFailure(
      new Proxy({ reason }, { get: (t, n) => (n === "reason" ? t.reason : anything[String(n)]) }),
    );
    expect(words.what).toMatch(/[.!`)>]$/);
    expect(words.remedy.length).toBeGreaterThan(7);
    expect(`${words.what} ${words.remedy}`).not.toMatch(/undefined|\[object|NaN/);
    expect(words.what).not.toContain("A newer version");
  });

  test("a reason of a later version is shown as it stands", () => {
    expect(explainFailure({ reason: "comet-strike" }).what).toBe("It failed: comet-strike.");
  });

  test("money is said in dollars", () => {
    const { what } = explainFailure({
      reason: "over-budget",
      phase: "build",
      spent: 1_990_000,
      allowance: 2_000_000,
      unit: "usd",
    });
    expect(what).toContain("$1.99 of $2.00");
  });
});

describe("text of others on a terminal", () => {
  test.each([
    ["colours", "\u001b[31mred\u001b[0m", "red"],
    ["cursor moves", "a\u001b[2K\u001b[1Ab", "ab"],
    ["titles of windows", "\u001b]0;owned\u0007x", "x"],
    ["a carriage return that would write over the line", "safe\rrm -rf", "safe\nrm -rf"],
    ["bells and backspaces", "a\u0007\u0008b", "ab"],
    ["C1 controls", "a\u009b31mb", "ab"],
    ["bidirectional overrides", "a\u202eb", "ab"],
  ])("%s are taken out", (_name, text, printable) => expect(toPrintable(text)).toBe(printable));

  test("ordinary text stays: tabs, line ends, accents, emoji", () => {
    const text = "é\t✓\n日本 👩‍👩‍👧";
    expect(toPrintable(text)).toBe(text);
  });
});
