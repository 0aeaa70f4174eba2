import { expect, test } from "@jest/globals";
import type { BlastRadius } from "../../../src/codebase/blast-radius.ts";
import { renderReach } from "../../../src/phases/validate/render-reach.ts";

const radius: BlastRadius = {
  target: "src/a.ts",
  path: "src/a.ts",
  symbol: null,
  importers: [
    { path: "src/b.ts", line: 1, names: ["a"], distance: 1 },
    { path: "src/planned.ts", line: 1, names: ["a"], distance: 1 },
    { path: "src/far|off.ts", line: 1, names: ["b"], distance: 2 },
  ],
  importersInAll: 9,
  importersDirectly: 6,
  changesWith: [],
  hidden: ['docs/"x".md'],
  tests: [{ path: "test/a.test.ts", why: "imports" }],
  publicApi: [
    { name: "a", line: 1, through: "src/index.ts" },
    { name: "inner", line: 2, through: null },
  ],
  owners: ["@team"],
  ranked: [],
  notes: ["The history is shallow: co-change is left out."],
};

test("says first what lies outside of the plan, then each file, then draws it", () => {
  const shown = renderReach([radius], new Set(["src/a.ts", "src/planned.ts"]));
  expect(shown.split("\n\n")).toEqual([
    "2 files beside the plan import what changes, 1 test covers it, 1 usually changes with it without importing it",
    [
      "| changes | imported by | tests | changes with it unseen | public | owners |",
      "| --- | --- | --- | --- | --- | --- |",
      '| `src/a.ts` | `src/b.ts`, `src/planned.ts`, `src/far\\|off.ts`, 6 more | `test/a.test.ts` | `docs/"x".md` | `a` | `@team` |',
    ].join("\n"),
    "- The history is shallow: co-change is left out.",
    [
      "```mermaid",
      "flowchart LR",
      '  n0["src/b.ts"]',
      '  n1["src/a.ts"]',
      "  n0 --> n1",
      '  n2["src/planned.ts"]',
      "  n2 --> n1",
      '  n3["docs/#34;x#34;.md"]',
      "  n3 -.- n1",
      "```",
    ].join("\n"),
  ]);
});

test("is nothing where nothing is there to change", () => {
  expect(renderReach([], new Set(["src/new.ts"]))).toBe("");
});

test("a drawing of hundreds of arrows ends where nobody would see more", () => {
  const importers = Array.from({ length: 60 }, (_, index) => ({
    path: `src/${index}.ts`,
    line: 1,
    names: [],
    distance: 1 as const,
  }));
  const shown = renderReach([{ ...radius, importers }], new Set());
  expect(shown.match(/-->/g)).toHaveLength(40);
  expect(shown).toContain("%% 21 more arrows");
});
