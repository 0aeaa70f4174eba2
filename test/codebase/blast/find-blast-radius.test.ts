import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { findBlastRadius } from "../../../src/codebase/blast/find-blast-radius.ts";
import type { BlastRadius } from "../../../src/codebase/blast-radius.ts";
import type { Codebase } from "../../../src/codebase/codebase.ts";
import { createSample, demand, type Sample } from "../../workspace/repository.ts";
import { load } from "../index/load-sample.ts";
import { openShop } from "./shop.ts";

let sample: Sample;
let codebase: Codebase;
beforeAll(async () => {
  sample = openShop();
  codebase = await load(sample);
});
afterAll(() => sample.remove());

const radiusOf = (target: string): BlastRadius => demand(findBlastRadius(codebase, target));
const importers = (target: string): string[] =>
  radiusOf(target).importers.map(({ path, distance }) => `${path} ${distance}`);

describe("who imports it", () => {
  test("a file: at the first step, through an index file, and behind those; tests after the product", () => {
    expect(importers("src/store/cart.ts")).toEqual([
      "src/index.ts 1",
      "src/web/menu.ts 1",
      "test/store/cart.test.ts 1",
      "src/web/page.ts 2",
      "test/page.test.ts 2",
      "src/web/far.ts 2",
    ]);
    const { importersInAll, importersDirectly } = radiusOf("src/store/cart.ts");
    expect([importersInAll, importersDirectly]).toEqual([6, 3]);
  });
  test("who takes another name from the index file is no importer", () => {
    expect(importers("src/store/cart.ts")).not.toContain("src/web/other.ts 2");
  });
  test.each<[string, string[]]>([
    ["src/store/cart.ts#emptyCart", ["src/web/menu.ts 1"]],
    [
      "Cart",
      ["src/index.ts 1", "test/store/cart.test.ts 1", "src/web/page.ts 2", "test/page.test.ts 2"],
    ],
    ["src/web/far.ts", ["test/far.test.ts 1"]],
  ])("%s", (target, expected) => {
    expect(importers(target)).toEqual(expected);
  });
  test("each with the line and the names it takes", () => {
    const menu = radiusOf("src/store/cart.ts").importers.find(
      ({ path }) => path === "src/web/menu.ts",
    );
    expect(menu).toEqual({ path: "src/web/menu.ts", line: 1, names: ["emptyCart"], distance: 1 });
  });
});

describe("what changes with it", () => {
  test("files above the floor, with what is hidden; not what changes in every commit, not what changed once", () => {
    const { changesWith, hidden } = radiusOf("src/store/cart.ts");
    expect(changesWith).toEqual([
      { path: "db/schema.sql", together: 4, of: 5, imports: false },
      { path: "docs/cart.md", together: 4, of: 5, imports: false },
      { path: "test/flow.test.ts", together: 4, of: 5, imports: false },
    ]);
    // A document or a test that changes with its code hides nothing.
    expect(hidden).toEqual(["db/schema.sql"]);
  });
  test("a shallow clone is said, and so is a file without a past", async () => {
    const shallow = createSample();
    shallow.git("fetch", "--quiet", "--depth", "2", `file://${sample.directory}`, "main");
    shallow.git("reset", "--quiet", "--hard", "FETCH_HEAD");
    const cut = await load(shallow);
    shallow.remove();
    expect(demand(findBlastRadius(cut, "src/money.ts")).notes.join("\n")).toMatch(
      /clone is shallow/,
    );
    expect(radiusOf("src/web/menu.ts").notes.join("\n")).toMatch(/changed in one commit: too few/);
  });
});

test("tests: by name and import, through an index file, by what changes with it", () => {
  expect(radiusOf("src/store/cart.ts").tests).toEqual([
    { path: "test/store/cart.test.ts", why: "imports" },
    { path: "test/page.test.ts", why: "imports" },
    { path: "test/flow.test.ts", why: "changes-with" },
  ]);
});

test("tests of what imports it, where nothing tests it itself", () => {
  expect(radiusOf("src/web/menu.ts").tests).toEqual([{ path: "test/far.test.ts", why: "imports" }]);
  expect(radiusOf("src/money.ts").tests).toEqual([{ path: "test/page.test.ts", why: "imports" }]);
});

test("public names: exported ones, and the entry of the package that hands them on", () => {
  expect(radiusOf("src/store/cart.ts").publicApi).toEqual([
    { name: "Cart", line: 2, through: "src/index.ts" },
    { name: "emptyCart", line: 7, through: null },
  ]);
  expect(radiusOf("Money").publicApi).toEqual([
    { name: "Money", line: 1, through: "src/index.ts" },
  ]);
});

test("owners, by the last line that matches", () => {
  expect(radiusOf("src/store/cart.ts").owners).toEqual(["@org/store"]);
  expect(radiusOf("src/money.ts").owners).toEqual(["@org/all"]);
});

test.each([
  ["src/store/cart.ts", "src/store/cart.ts", null],
  ["./src\\store/cart.ts", "src/store/cart.ts", null],
  ["src/store/cart.ts#Cart", "src/store/cart.ts#Cart", "Cart"],
  ["src/store/cart.ts#Cart.total", "src/store/cart.ts#Cart.total", "total"],
  ["Cart", "src/store/cart.ts#Cart", "Cart"],
  ["Cart.total", "src/store/cart.ts#Cart.total", "total"],
  ["Cart#total", "src/store/cart.ts#Cart.total", "total"],
])("%s means %s", (target, meant, symbol) => {
  const radius = radiusOf(target);
  expect([radius.target, radius.path, radius.symbol]).toEqual([meant, "src/store/cart.ts", symbol]);
});

test.each([
  [
    "src/store/cort.ts",
    /no file and no symbol src\/store\/cort\.ts\. Near are src\/store\/cart\.ts/,
  ],
  ["lib/cart.ts", /Near are src\/store\/cart\.ts/],
  ["emptyCard", /Near are emptyCart\./],
  ["src/store/cart.ts#Cort", /src\/store\/cart\.ts declares no Cort\. Near are Cart/],
  ["src/web", /is a folder; name a file of it, such as src\/web\/far\.ts/],
  ["zzzzzzzzzz", /no file and no symbol zzzzzzzzzz\.$/],
  ["", /Name a file or a symbol/],
])("%s is not there, and what is near is named", (target, words) => {
  const found = findBlastRadius(codebase, target);
  expect(found).toMatchObject({
    ok: false,
    failure: { reason: "bad-usage", detail: expect.stringMatching(words) },
  });
});

test("the same question has the same answer", async () => {
  const again = await load(sample);
  for (const target of ["src/store/cart.ts", "src/money.ts", "Cart"]) {
    expect(demand(findBlastRadius(again, target))).toEqual(radiusOf(target));
  }
});
