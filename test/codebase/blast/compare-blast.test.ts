import { expect, test } from "@jest/globals";
import { compareBlast, expectFrom, reachOf } from "../../../src/codebase/blast/compare-blast.ts";
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
    { path: "schema.sql", origin: "a.ts", share: { together: 4, of: 8 } },
    { path: "a.test.ts", origin: "a.ts", share: null },
  ]);
});

test("everything that a radius names is within reach", () => {
  expect(reachOf([radius])).toEqual([
    "user.ts",
    "schema.sql",
    "seldom.ts",
    "a.test.ts",
    "flow.test.ts",
  ]);
});

type Lists = { expected: string[]; touched: string[]; planned: string[]; reach: string[] };
type Told = { untouched: string[]; unforeseen: string[]; foreseen: string[] };

test.each<[string, Lists, Told]>([
  [
    "all as foreseen",
    { expected: ["b"], touched: ["a", "b", "c"], planned: ["a"], reach: ["c"] },
    { untouched: [], unforeseen: [], foreseen: ["a", "b", "c"] },
  ],
  [
    "predicted and untouched; a planned file is another's matter, and so is one within reach",
    { expected: ["b", "p"], touched: [], planned: ["a", "p"], reach: ["c"] },
    { untouched: ["b"], unforeseen: [], foreseen: [] },
  ],
  [
    "touched and unforeseen, in the order of paths, once",
    { expected: [], touched: ["z", "c", "b", "b"], planned: ["z"], reach: [] },
    { untouched: [], unforeseen: ["b", "c"], foreseen: ["z"] },
  ],
  [
    "nothing at all",
    { expected: [], touched: [], planned: [], reach: [] },
    { untouched: [], unforeseen: [], foreseen: [] },
  ],
])("%s", (_name, { expected, touched, planned, reach }, told) => {
  const predicted = expected.map((path) => ({ path, origin: "a", share: null }));
  const found = compareBlast(predicted, touched, { planned, reach });
  expect({ ...found, untouched: found.untouched.map(({ path }) => path) }).toEqual(told);
});
