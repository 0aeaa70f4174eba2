import { describe, expect, test } from "@jest/globals";
import { findLayers } from "../../../src/codebase/survey/find-layers.ts";
import { reduceDirections } from "../../../src/codebase/survey/reduce-directions.ts";
import type { Direction } from "../../../src/codebase/survey/survey.ts";
import { surveyArchitecture } from "../../../src/codebase/survey/survey-architecture.ts";
import { givenCodebase, givenPackage } from "../conventions/given-codebase.ts";
import { givenShop } from "./given-survey.ts";

const direction = (from: string, to: string, imports = 1): Direction => ({
  from,
  to,
  imports,
  place: { path: from, line: 1 },
});

describe("surveyArchitecture", () => {
  test("folders are components where imports stay within them; directions, layers and rings follow", async () => {
    const survey = await surveyArchitecture(givenShop());
    expect(survey.components.map(({ folder, files, tests }) => [folder, files, tests])).toEqual([
      ["src/log", 3, 0],
      ["src/shop", 3, 2],
      ["src/store", 3, 1],
      ["src/web", 3, 0],
    ]);
    expect(survey.directions.map(({ from, to, imports }) => `${from} ${to} ${imports}`)).toEqual([
      "src/store src/log 2",
      "src/web src/shop 2",
      "src/log src/store 1",
      "src/shop src/store 1",
    ]);
    expect(survey.layers).toEqual([["src/web"], ["src/shop"], ["src/log", "src/store"]]);
    expect(survey.cycles).toEqual([
      {
        members: ["src/log", "src/store"],
        weakest: expect.objectContaining({ from: "src/log", to: "src/store" }),
      },
    ]);
    expect(survey.components.find(({ folder }) => folder === "src/shop")?.owners).toEqual([
      "@sellers",
    ]);
  });

  test("what changed often and is long, what is imported most, what changes together unseen", async () => {
    const { hotSpots, hubs, hiddenPairs, notes } = await surveyArchitecture(givenShop());
    expect(hotSpots.map(({ path, commits }) => [path, commits])).toEqual([
      ["src/shop/b.ts", 9],
      ["src/store/c.ts", 5],
      ["src/shop/a.ts", 4],
    ]);
    expect(hubs).toEqual([
      { path: "src/log/a.ts", importers: 2 },
      { path: "src/shop/a.ts", importers: 2 },
    ]);
    // `shop/a` imports `shop/b`, so that they change together is no surprise.
    expect(hiddenPairs).toEqual([
      { left: "src/shop/b.ts", right: "src/store/c.ts", together: 5, of: 5 },
    ]);
    expect(notes).toEqual([]);
  });

  test("packages are components before folders are, and carry their own name", async () => {
    const files = ["packages/a/x.ts", "packages/a/y.ts", "packages/b/x.ts"];
    const survey = await surveyArchitecture(
      givenCodebase({
        files: Object.fromEntries(files.map((path) => [path, ""])),
        packages: [
          givenPackage("packages/a", { name: "@shop/a" }),
          givenPackage("packages/b", { name: "@shop/b", entries: ["packages/b/x.ts"] }),
        ],
        edges: [{ from: "packages/a/x.ts", to: "packages/b/x.ts" }],
      }),
    );
    expect(survey.components.map(({ name, kind }) => [name, kind])).toEqual([
      ["@shop/a", "package"],
      ["@shop/b", "package"],
    ]);
    expect(survey.entryPoints).toEqual([
      { path: "packages/b/x.ts", line: 1, why: "entry of the package @shop/b" },
    ]);
  });

  test("what is not known is said", async () => {
    const shallow = await surveyArchitecture(givenShop({ shallow: true }));
    expect(shallow.notes.join()).toContain("shallow");
    const bare = await surveyArchitecture(givenCodebase({ files: { "a.ts": "" } }));
    expect(bare.notes.join()).toMatch(/no history.*directions are unknown/);
    const empty = await surveyArchitecture(givenCodebase({ files: {} }));
    expect(empty.components).toEqual([]);
    expect(empty.layers).toEqual([]);
  });
});

describe("findLayers", () => {
  test.each<[string, string[], Direction[], string[][], string[][]]>([
    ["nothing", [], [], [], []],
    ["no imports: one row", ["a", "b"], [], [["a", "b"]], []],
    [
      "a component stands above all that it imports",
      ["a", "b", "c"],
      [direction("a", "c"), direction("a", "b"), direction("b", "c")],
      [["a"], ["b"], ["c"]],
      [],
    ],
    [
      "two rings that import one another stay two",
      ["a", "b", "c", "d"],
      [
        direction("a", "b"),
        direction("b", "a"),
        direction("b", "c"),
        direction("c", "d"),
        direction("d", "c"),
      ],
      [
        ["a", "b"],
        ["c", "d"],
      ],
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
  ])("%s", (_name, names, directions, layers, rings) => {
    const found = findLayers(names, directions);
    expect(found.layers).toEqual(layers);
    expect(found.cycles.map(({ members }) => members)).toEqual(rings);
  });
});

describe("reduceDirections", () => {
  test("leaves out what a way over others shows, and nothing of a ring", () => {
    const all = [
      direction("a", "b"),
      direction("b", "c"),
      direction("a", "c"),
      direction("c", "d"),
      direction("d", "c"),
      direction("b", "d"),
    ];
    const left = reduceDirections(all, [["c", "d"]]).map(({ from, to }) => from + to);
    expect(left).toEqual(["ab", "bc", "cd", "dc", "bd"]);
  });
});
