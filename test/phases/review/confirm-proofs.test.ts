import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { confirmProof, type Ground } from "../../../src/phases/review/confirm-proofs.ts";
import { openStage, type Stage } from "../stage.ts";

let stage: Stage;
let ground: Ground;
beforeAll(async () => {
  stage = await openStage();
  const plan = "docs/designs/7-multiply/design.md";
  const head = stage.commit(stage.base, { [plan]: "Never use console.log here.\n" });
  ground = {
    snapshot: stage.workspace.snapshot(head),
    designFolder: "docs/designs/7-multiply",
    results: new Map(),
    onBase: new Map(),
  };
});
afterAll(() => stage.close());

const confirm = (
  kind: "quote" | "absence" | "command",
  text: string,
  given: { path?: string; scope?: string[]; line?: number } = {},
) => {
  const { path = "", scope = [], line = 1 } = given;
  return confirmProof({ kind, path, startLine: line, endLine: line, text, scope }, ground);
};

describe("an absence", () => {
  test.each<[string, string, string[], string]>([
    ["everywhere but in the plan", "console\\.log", [], "no hit in 3 files everywhere"],
    ["in a scope", "console\\.log", ["src/**"], "no hit in 1 files under src/**"],
    ["of a class of characters", "\\dsum\\d", [], "no hit in 3 files everywhere"],
  ])("is confirmed %s", async (_what, pattern, scope, note) => {
    expect(await confirm("absence", pattern, { scope })).toMatchObject({ confirmed: true, note });
  });

  test.each<[string, string, string[], string]>([
    ["there is a hit", "left", ["src/**"], "found at src/sum.js:1"],
    ["a translated class hits", "sum\\s=", [], "found at src/sum.js:1"],
    ["the scope is empty", "console\\.log", ["lib/**"], "there is no file under lib/**"],
    [
      "the scope is no plain glob",
      "console\\.log",
      ["+(a|+(b))"],
      "the scope is not a short list of plain globs",
    ],
    ["the pattern is trivial", "zz", [], "the pattern is not valid, or too general"],
    ["the pattern is broken", "console(", [], "the pattern is not valid, or too general"],
  ])("is not when %s", async (_what, pattern, scope, note) => {
    expect(await confirm("absence", pattern, { scope })).toMatchObject({ confirmed: false, note });
  });
});

describe("a quote", () => {
  test("is confirmed at its lines, and where it really stands", async () => {
    const text = "export const sum = (left, right)";
    const proof = { confirmed: true, startLine: 1, endLine: 1 };
    expect(await confirm("quote", text, { path: "src/sum.js" })).toMatchObject(proof);
    expect(await confirm("quote", text, { path: "src/sum.js", line: 90 })).toMatchObject(proof);
  });

  test.each<[string, string, string]>([
    ["it is not there", "export function sum", "src/sum.js"],
    ["there is no such file", "export const sum", "src/none.js"],
    ["it is too short", "=> (", "src/sum.js"],
    ["its path leaves the repository", "root", "../../etc/passwd"],
    ["its path is absolute", "root", "/etc/passwd"],
    ["it is the plan's own words", "Never use console.log", "docs/designs/7-multiply/design.md"],
  ])("is not when %s", async (_what, text, path) => {
    expect(await confirm("quote", text, { path })).toMatchObject({ confirmed: false });
  });
});

test("a command that was never run shows nothing", async () => {
  expect(await confirm("command", "unit")).toMatchObject({ confirmed: false });
});
