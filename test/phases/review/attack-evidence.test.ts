import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Criterion } from "../../../src/documents/schema-build-spec.ts";
import { confirmProof, type Ground } from "../../../src/phases/review/confirm-proofs.ts";
import { decideByProofs, isInDoubt } from "../../../src/phases/review/decide-criterion.ts";
import { openStage, type Stage } from "../stage.ts";

let stage: Stage;
let ground: Ground;
beforeAll(async () => {
  stage = await openStage();
  const snapshot = stage.workspace.snapshot(stage.base);
  ground = { snapshot, designFolder: "docs/x", results: new Map(), onBase: new Map() };
});
afterAll(() => stage.close());

const claim = (kind: "quote" | "absence", text: string, path = "") =>
  confirmProof({ kind, path, startLine: 1, endLine: 1, text, scope: [] }, ground);

describe("forged evidence", () => {
  test.each([
    ["white space", "    \n  "],
    ["one character", "="],
    ["one character after a copied line number", "1000| ="],
    ["one letter after a copied line number", "1234 | s"],
    ["nothing but line numbers", "1001|\n1002|"],
  ])("a quote of %s is not confirmed", async (_what, text) => {
    expect(await claim("quote", text, "src/sum.js")).toMatchObject({ confirmed: false });
  });

  test("a quote with its line number is", async () => {
    const text = "1| export const sum = (left, right)";
    expect(await claim("quote", text, "src/sum.js")).toMatchObject({ confirmed: true });
  });

  test.each(["export^", "$export", "sum$x", "(left$right|export^)"])(
    "an absence of %s, which no line can match, is not confirmed",
    async (pattern) => {
      expect(await claim("absence", pattern)).toMatchObject({ confirmed: false });
    },
  );

  test.each(["^console", "(^|x)console", "console[$^]", "console\\$x", "(console$|^nowhere)"])(
    "an absence of %s still is",
    async (pattern) => {
      expect(await claim("absence", pattern)).toMatchObject({ confirmed: true });
    },
  );

  test.each([
    "((abc{1,255}){1,255}){1,255}",
    "(((abc{1,100}){1,100}){1,100}){1,100}",
    "abc{1,255}{1,255}{1,255}",
    "abc{30000}",
  ])("a pattern that would take all memory is not searched: %s", async (pattern) => {
    const started = performance.now();
    expect(await claim("absence", pattern)).toMatchObject({ confirmed: false });
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test("a glob that would take minutes to match is refused; usual ones are not", async () => {
    const path = `src/${"a".repeat(120)}.js`;
    const head = stage.commit(stage.base, { [path]: "x\n" });
    const at = { ...ground, snapshot: stage.workspace.snapshot(head) };
    const ask = (...scope: string[]) =>
      confirmProof(
        { kind: "absence", path: "", startLine: 1, endLine: 1, text: "nowhere{1,3}", scope },
        at,
      );
    const note = "the scope is not a short list of plain globs";
    const started = performance.now();
    for (const glob of ["*a*a*a*a*a*a*a*b", "**/a/**/a/**/a/**/a/**/a/**/a/**/b", "{1..99999}"])
      expect(await ask(glob)).toMatchObject({ confirmed: false, note });
    for (const glob of ["src/**/*.js", "**/*.{js,ts}", "src/*a*a*", "**/src/**/*.*"])
      expect(await ask(glob)).toMatchObject({ confirmed: true });
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  test.each<[Criterion["kind"], "met" | "unproven"]>([
    ["unit", "unproven"],
    ["integration", "unproven"],
    ["e2e", "unproven"],
    ["performance", "unproven"],
    ["absence", "met"],
    ["security", "met"],
    ["inspection", "met"],
  ])("of a criterion of kind %s an absence makes %s", async (kind, verdict) => {
    const criterion: Criterion = {
      ...{ id: "AC-1", level: "must", kind, text: "adds", verify: null, done: false },
    };
    const proofs = [await claim("absence", "nothing_of_this_name")];
    const claimed = { id: "AC-1", verdict: "met" as const, proofs: [], note: "" };
    expect(proofs[0]?.confirmed).toBe(true);
    expect(decideByProofs(criterion, claimed, proofs).verdict).toBe(verdict);
    expect(isInDoubt(criterion, claimed, proofs)).toBe(verdict === "unproven");
  });
});
