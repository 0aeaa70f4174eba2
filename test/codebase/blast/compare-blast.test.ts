import { expect, test } from "@jest/globals";
import { compareBlast, expectFrom } from "../../../src/codebase/blast/compare-blast.ts";
import type { BlastRadius } from "../../../src/codebase/blast-radius.ts";

const radius: BlastRadius = {
  target: "a.ts",
  path: "a.ts",
  symbol: null,
  importers: [{ path: "user.ts", line: 1, names: [], distance: 1 }],
  importersInAll: 1,
  importersDirectly: 1,
  changesWith: [
    { path: "schema.sql", together: 4, of: 8, imports: false },
    { path: "seldom.ts", together: 3, of: 20, imports: true },
  ],
  hidden: ["schema.sql"],
  tests: [
    { path: "a.test.ts", why: "named" },
    { path: "flow.test.ts", why: "changes-with" },
  ],
  publicApi: [],
  owners: [],
  ranked: [],
  notes: [],
};

test("what mostly changes with a file and the test named after it are expected; a mere importer is not", () => {
  expect(expectFrom([radius, radius])).toEqual([
    { path: "schema.sql", why: "changed with `a.ts` in 4 of its 8 commits" },
    { path: "a.test.ts", why: "the test of `a.ts` by its name" },
  ]);
});

test.each<
  [
    string,
    string[],
    string[],
    string[],
    { untouched: string[]; unforeseen: string[]; foreseen: string[] },
  ]
>([
  [
    "all as foreseen",
    ["b"],
    ["a", "b"],
    ["a"],
    { untouched: [], unforeseen: [], foreseen: ["a", "b"] },
  ],
  [
    "predicted and untouched: planned files first",
    ["b"],
    [],
    ["a"],
    { untouched: ["a", "b"], unforeseen: [], foreseen: [] },
  ],
  [
    "touched and unforeseen, in the order of paths",
    [],
    ["z", "b", "b"],
    ["z"],
    { untouched: [], unforeseen: ["b"], foreseen: ["z"] },
  ],
  ["nothing at all", [], [], [], { untouched: [], unforeseen: [], foreseen: [] }],
])("%s", (_name, predicted, touched, seeds, expected) => {
  const found = compareBlast(
    predicted.map((path) => ({ path, why: "changes with it" })),
    touched,
    seeds,
  );
  expect({ ...found, untouched: found.untouched.map(({ path }) => path) }).toEqual(expected);
});
