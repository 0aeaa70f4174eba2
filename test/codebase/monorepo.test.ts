import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { findBlastRadius } from "../../src/codebase/blast/find-blast-radius.ts";
import type { Codebase } from "../../src/codebase/codebase.ts";
import { findTestLayout } from "../../src/codebase/conventions/find-test-layout.ts";
import { loadCodebase } from "../../src/codebase/load-codebase.ts";
import { rankForRequest } from "../../src/codebase/rank/rank-for-request.ts";
import { surveyArchitecture } from "../../src/codebase/survey/survey-architecture.ts";
import { openStage, type Stage } from "../phases/stage.ts";

/** Workspaces of npm: a library, a service that uses it by its name and by an alias of its own, and a site in JavaScript. */
const shop: Readonly<Record<string, string>> = {
  "package.json": '{ "name": "shop", "private": true, "workspaces": ["packages/*", "apps/*"] }\n',
  "packages/money/package.json":
    '{ "name": "@shop/money", "version": "2.1.0", "exports": { ".": "./dist/index.js" } }\n',
  "packages/money/src/index.ts": 'export { addTax } from "./add-tax.ts";\n',
  "packages/money/src/add-tax.ts":
    "/** Adds value-added tax to an amount in cents. */\nexport function addTax(cents: number, rate: number): number {\n  return Math.round(cents * (1 + rate));\n}\n",
  "packages/money/src/add-tax.test.ts":
    'import { expect, test } from "vitest";\nimport { addTax } from "./add-tax.ts";\ntest("rounds", () => expect(addTax(100, 0.19)).toBe(119));\n',
  "apps/orders/package.json":
    '{ "name": "@shop/orders", "dependencies": { "@shop/money": "workspace:^" } }\n',
  "apps/orders/tsconfig.json":
    '{ "compilerOptions": { "baseUrl": ".", "paths": { "~/*": ["src/*"] } } }\n',
  "apps/orders/src/total.ts":
    'import { addTax } from "@shop/money";\nexport const total = (cents: number): number => addTax(cents, 0.19);\n',
  "apps/orders/src/invoice.ts":
    'import { total } from "~/total";\nexport const invoice = (cents: number): string => String(total(cents));\n',
  "apps/site/package.json": '{ "name": "@shop/site", "dependencies": { "@shop/money": "*" } }\n',
  "apps/site/main.js":
    'const { addTax } = require("@shop/money");\nconsole.log(addTax(100, 0.07));\n',
};

let stage: Stage;
let codebase: Codebase;
beforeAll(async () => {
  stage = await openStage(shop);
  codebase = await loadCodebase(stage.workspace.snapshot(stage.base));
});
afterAll(() => stage.close());

test("packages are those of the workspaces, each with its folder", () => {
  expect(codebase.packages.map(({ name, folder }) => `${name} ${folder}`).sort()).toEqual([
    "@shop/money packages/money",
    "@shop/orders apps/orders",
    "@shop/site apps/site",
    "shop ",
  ]);
});

test("imports by a package's name and by an alias lead to its sources, not to what it is built to", () => {
  const from = (path: string): string[] => codebase.graph.importsOf(path).map(({ to }) => to);
  expect(from("apps/orders/src/total.ts")).toEqual(["packages/money/src/index.ts"]);
  expect(from("apps/site/main.js")).toEqual(["packages/money/src/index.ts"]);
  expect(from("apps/orders/src/invoice.ts")).toEqual(["apps/orders/src/total.ts"]);
});

test("a change of the library reaches the packages that use it", async () => {
  const found = await findBlastRadius(codebase, "packages/money/src/add-tax.ts");
  if (!found.ok) throw new Error(JSON.stringify(found));
  const importers = found.value.importers.map(({ path }) => path);
  expect(importers).toEqual(
    expect.arrayContaining(["apps/orders/src/total.ts", "apps/site/main.js"]),
  );
  expect(found.value.tests.map(({ path }) => path)).toEqual(["packages/money/src/add-tax.test.ts"]);
  expect(found.value.publicApi).toMatchObject([{ name: "addTax" }]);
});

test("a request is answered by the file, with the package that uses it", () => {
  const ranked = rankForRequest(codebase, "round value-added tax per line in `addTax`", { top: 5 });
  expect(ranked[0]?.path).toBe("packages/money/src/add-tax.ts");
  expect(ranked[0]?.reasons.join(" ")).toContain("addTax");
  expect(ranked.map(({ path }) => path)).toContain("apps/orders/src/total.ts");
});

test("tests are told by package, and packages are the components of the survey", async () => {
  expect(findTestLayout(codebase).layouts[0]).toMatchObject({
    folder: "packages/money",
    placement: "beside",
  });
  const { components } = await surveyArchitecture(codebase);
  expect(components.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["@shop/money", "@shop/orders", "@shop/site"]),
  );
});
