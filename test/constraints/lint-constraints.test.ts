import { describe, expect, test } from "@jest/globals";
import { lintConstraints } from "../../src/constraints/lint-constraints.ts";
import { given } from "./given-constraint.ts";

const lint = (...lines: string[]) =>
  lintConstraints(given(...lines)).map(({ constraint, kind }) => `${constraint.id} ${kind}`);

describe("lintConstraints", () => {
  // Seed 003, "The constraint philosophy" and "Phase two": concrete and specific.
  test.each([
    "We use the standard library only — no third-party HTTP clients.",
    "All writes go through state_io.save_json() — never raw file writes.",
    "Comments live in the comments service, not in the post records.",
    "Every script accepts STATE_DIR as an environment variable.",
    "Tests override this to a temp directory.",
    "Use write_delta() from conftest.py to construct test data — never inline the format.",
    "The id field is opaque to handlers; do not parse it.",
    "Every script accepts STATE_DIR as an environment variable. Tests override this to a temp directory. Use write_delta() from conftest.py to construct test data — never inline the format. The id field is opaque to handlers; do not parse it.",
    "Standard library only — no third-party packages.",
    "One language for the runtime; one language for the build.",
    "A flat file storage model that splits to many files only above a size threshold.",
    "Money is whole cents; nothing computes with floating point amounts (`formatCents` in `src/invoice.ts` prints them).",
    "No file above 300 lines",
    "Good tests run in at most 2 seconds",
  ])("concrete: %s", (line) => {
    expect(lint(line)).toEqual([]);
  });

  test.each([
    ["Be a good programmer", /only `src\/http/i],
    ["Write clean, maintainable code.", /`/],
    ["Handle errors properly", /exits with 2/],
    ["Follow best practices", /`/],
    ["Tests should be thorough", /npm test/],
    ["Keep functions small", /300 lines/],
    ["Use meaningful names", /kebab-case/],
    ["The code must be secure", /parseRequest/],
    ["Think before you act", /`/],
    ["Performance matters", /200 ms/],
  ])("vague: %s, with an example of how to say it", (line, example) => {
    const [found] = lintConstraints(given(line));
    expect(found?.kind).toBe("vague");
    expect(found?.why).not.toBe("");
    expect(found?.example).toMatch(example);
    expect(lint(found?.example ?? "")).toEqual([]);
  });

  test.each<[string, string[], string[]]>([
    ["the same words", ["Never import `x`.", "Never import `x`"], ["K-2 duplicate"]],
    [
      "the same rule in other words",
      ["Only `a/` imports `x`", "`x` is imported only by `a/`"],
      ["K-2 duplicate"],
    ],
    [
      "the same words about another name",
      ["Never import `lodash` anywhere", "Never import `axios` anywhere"],
      [],
    ],
    [
      "two who alone may",
      ["Only `a/` imports `x`", "Only `b/` imports `x`"],
      ["K-2 contradicting"],
    ],
    [
      "this instead of that, and back",
      ["Use `one()` instead of `two()`", "Use `two()` instead of `one()`"],
      ["K-2 contradicting"],
    ],
    [
      "forbidden and wanted",
      ["Never use `save()`", "All writes go through `save()`"],
      ["K-2 contradicting"],
    ],
    ["two limits", ["No file above 300 lines", "No file above 500 lines"], ["K-2 contradicting"]],
    [
      "two limits of two folders",
      ["No file in `a/` above 300 lines", "No file in `b/` above 500 lines"],
      [],
    ],
    [
      "a line for nobody's mind",
      [`Never import \`x\`, ${"because of this and that, ".repeat(20)}`],
      ["K-1 long"],
    ],
  ])("%s", (_name, lines, expected) => {
    expect(lint(...lines)).toEqual(expected);
  });
});
