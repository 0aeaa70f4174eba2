import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { explainOldNode } from "../../src/cli/check-node.ts";

test.each([
  ["20.20.2", true],
  ["22.17.9", true],
  ["22.18.0", false],
  ["23.0.0", false],
  ["24.21.0", false],
])("Node %s is too old: %s", (version, old) => {
  expect(explainOldNode(version) !== null).toBe(old);
});

test("says what to do", () => {
  expect(explainOldNode("20.1.0")).toMatch(/needs Node 22\.18 or newer[\s\S]*npx -p node@24/);
});

test("the oldest Node is the one of package.json", () => {
  const manifest = JSON.parse(
    readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"),
  ) as {
    engines: { node: string };
  };
  const oldest = manifest.engines.node.replace(">=", "");
  expect(explainOldNode(`${oldest}.0`)).toBeNull();
  expect(explainOldNode("22.17.0")).toContain(oldest);
});
