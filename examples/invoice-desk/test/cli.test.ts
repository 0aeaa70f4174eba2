import assert from "node:assert/strict";
import { test } from "node:test";
import { main } from "../src/cli.ts";

const run = (...argv: string[]): { code: number; printed: string } => {
  let printed = "";
  const code = main(argv, (text) => {
    printed += text;
  });
  return { code, printed };
};

test("prints text by default", () => {
  const { code, printed } = run("samples/march.json");
  assert.equal(code, 0);
  assert.match(printed, /total 238\.00 EUR/);
});

test("prints JSON with totals", () => {
  const { printed } = run("samples/march.json", "--format", "json");
  assert.equal(JSON.parse(printed)[1].totalCents, 23700);
});

test("an unknown format is a wrong call", () => {
  assert.equal(run("samples/march.json", "--format", "xml").code, 2);
});
