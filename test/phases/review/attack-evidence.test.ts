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
