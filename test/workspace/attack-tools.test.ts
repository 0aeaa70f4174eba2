import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Tool } from "../../src/model/port.ts";
import type { Worktree } from "../../src/workspace/port.ts";
import { createSample, demand, never, openSample, openTree, type Sample } from "./repository.ts";

let sample: Sample;
let tree: Worktree;
let glob: Tool;
beforeAll(async () => {
  sample = createSample({ "src/a.ts": "a\n" });
  tree = await openTree(await openSample(sample));
  demand(await tree.write(`src/${"a".repeat(120)}.ts`, "x\n"));
  const found = tree.tools().find(({ name }) => name === "glob");
  if (!found) throw new Error("no glob");
  glob = found;
});
afterAll(async () => {
  await tree.close();
  sample.remove();
});

test.each([
  "src/*a*a*a*a*a*a*a*b",
  "**/a/**/a/**/a/**/a/**/a/**/a/**/b",
  "src/+(a|+(aa))b",
  "src/{1..99999999}",
])("a pattern that would keep the process busy for minutes is refused: %s", async (pattern) => {
  const started = performance.now();
  await expect(glob.run({ pattern }, never())).rejects.toThrow("plain pattern");
  expect(performance.now() - started).toBeLessThan(1_000);
});

test.each(["src/*.ts", "**/*.{ts,js}", "*/?.ts", "src/[a-c]*"])("%s is found", async (pattern) => {
  expect(await glob.run({ pattern }, never())).toContain("src/a.ts");
});
