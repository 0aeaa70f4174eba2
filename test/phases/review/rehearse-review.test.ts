import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { defaultWeights, type ReviewFacts } from "../../../src/phases/review/facts.ts";
import { rehearseReview } from "../../../src/phases/review/rehearse-review.ts";
import { review } from "../../../src/phases/review/review.ts";
import { emptySpec, openStage, phaseTools, type Stage, scriptModel } from "../stage.ts";
import { replayed } from "./rehearsed.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const factsOf = (given: Partial<ReviewFacts> = {}): ReviewFacts => ({
  ...{ issue: 7, spec: emptySpec, specText: "# BUILD_01", base: stage.base, round: 0, attempt: 1 },
  head: stage.commit(stage.base, { "src/more.js": "export const more = 1;\n" }),
  ...{ reviews: 0, designFolder: "docs/designs/7-more", dismissed: [], requestText: "More." },
  ...{ deviations: [], constraints: null, coaching: null, setup: null, commands: { unit: "true" } },
  limits: { commandSeconds: 30, outputBytes: 20_000, chunkTokens: 50_000, fileBytes: 100_000 },
  ...{
    weights: defaultWeights,
    threshold: 90,
    workspace: stage.workspace,
    related: async () => [],
    foresee: async () => ({ asked: 0, expected: [], reach: [] }),
    findBreaches: async () => [],
  },
  ...given,
});
const reply = {
  ...{ summary: "Fine.", findings: [], criteria: [] },
  rubric: ["architecture", "style", "testing", "performance"].map((name) => ({
    ...{ name, level: 4, note: "" },
  })),
};

test("a review without the outcomes of its commands is red, and runs nothing", async () => {
  const facts = replayed(factsOf(), { v: 1, runs: {} });
  const { outcome, documents } = await review(
    facts,
    phaseTools(scriptModel({ generate: { review: reply } })),
  );
  expect(outcome).toMatchObject({ kind: "scored", accepted: false });
  expect(outcome).toMatchObject({ gates: expect.arrayContaining(["red-checkpoint"]) });
  expect(documents["review-01-1.md"]).toContain("counts as not run");
});

test("a rehearsal that is stopped says so, and so does one without isolation", async () => {
  const tools = phaseTools(scriptModel({}));
  tools.abort();
  expect(await rehearseReview(factsOf(), tools)).toMatchObject({
    ok: false,
    failure: { reason: "interrupted" },
  });
  const failure = { reason: "isolation-unavailable" as const, detail: "none here" };
  const closed = { ...stage.workspace, open: async () => ({ ok: false as const, failure }) };
  const answer = await rehearseReview(factsOf({ workspace: closed }), phaseTools(scriptModel({})));
  expect(answer).toEqual({ ok: false, failure });
});
