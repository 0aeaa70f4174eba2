import { describe, expect, test } from "@jest/globals";
import { type NextStep, nextStep } from "../../src/workflow/next-step.ts";
import type { Policy } from "../../src/workflow/policy.ts";
import {
  approved,
  type Beat,
  built,
  chain,
  end,
  label,
  mary,
  plan,
  planned,
  ready,
  reviewed,
  say,
  scored,
  tell,
  tom,
  validated,
  wendy,
} from "./story.ts";
import { basePolicy, outcomes } from "./world.ts";

const line = `/approve ${plan.hash.slice(0, 16)}`;
const manual: Policy = {
  ...basePolicy,
  automatic: { design: false, validate: false, build: false, review: false, ask: false },
};
const two: Policy = { ...basePolicy, approval: { ...basePolicy.approval, quorum: 2 } };
const byHand: Beat[] = [label(), say(tom, "/design"), end("design", outcomes.planned(plan))];
const wrong = end("validate", outcomes.validated(plan.hash, "wrong-direction"));

type Row = [what: string, story: Beat[], expected: Partial<NextStep>, policy?: Policy];
const rows: Row[] = [
  ["nothing yet", [], { kind: "request", label: "archwright" }],
  ["a design runs", [label()], { kind: "running" }],
  ["opened by hand", [label()], { kind: "design" }, manual],
  [
    "questions are open",
    [label(), end("design", outcomes.questions())],
    { kind: "answers", exploration: "main" },
  ],
  [
    "the design failed",
    [label(), end("design", outcomes.failed("interrupted"))],
    { kind: "retry" },
  ],
  [
    "only another exploration has a plan",
    [label(), say(tom, "/design --as b"), end("design", outcomes.planned(plan))],
    { kind: "selection", explorations: ["b"] },
    manual,
  ],
  ["a plan without a verdict", byHand, { kind: "validation", hash: plan.hash }, manual],
  [
    "a plan in a wrong direction",
    [...planned(), wrong],
    { kind: "refinement", verdict: "wrong-direction" },
  ],
  [
    "a plan of which part could not be checked",
    [...planned(), end("validate", outcomes.validated(plan.hash, "incomplete"))],
    { kind: "refinement", verdict: "incomplete" },
  ],
  ["a plan that is ready", validated(), { kind: "approval", line, needs: 1, approvedBy: [] }],
  [
    "one of two has approved",
    [...validated(), say(wendy, "/approve HASH")],
    { kind: "approval", line, needs: 1, quorum: 2, approvedBy: ["wendy"] },
    two,
  ],
  [
    "one of two has overruled the validation",
    [...planned(), wrong, say(mary, "/approve HASH --unvalidated")],
    { kind: "approval", line: `${line} --unvalidated`, roles: ["maintain", "admin"] },
    two,
  ],
  [
    "approved, with builds by hand",
    [...byHand, say(tom, "/validate"), ready, say(wendy, "/approve HASH")],
    { kind: "build", specs: ["BUILD_01"] },
    manual,
  ],
  [
    "built, with reviews by hand",
    [
      ...byHand,
      say(tom, "/validate"),
      ready,
      say(wendy, "/approve HASH"),
      say(wendy, "/build"),
      built(),
    ],
    { kind: "review", specs: ["BUILD_01"] },
    manual,
  ],
  ["accepted", reviewed(95), { kind: "merge", specs: ["BUILD_01"] }],
  [
    "exhausted, and the rest waits for it",
    [...reviewed(70, chain), built(), scored(80), built(), scored(85)],
    { kind: "exhausted", specs: ["BUILD_01"], accepted: [] },
  ],
  [
    "merged",
    [
      ...reviewed(95),
      () => ({ kind: "pull-request-closed", actor: wendy, spec: "BUILD_01", merged: true }),
    ],
    { kind: "done" },
  ],
  [
    "paused",
    [...approved(), end("build", outcomes.failed("over-budget"))],
    { kind: "paused", why: "over-budget" },
  ],
  ["cancelled", [...approved(), say(wendy, "/cancel")], { kind: "cancelled" }],
];

describe("what a feature waits for", () => {
  test.each(rows)("%s", (_, story, expected, policy = basePolicy) => {
    expect(nextStep(tell(story, policy), policy)).toMatchObject(expected);
  });

  test("rules that changed since the plan was made", () => {
    const changed = { ...basePolicy, version: "rules-2" };
    expect(nextStep(tell(validated()), changed).kind).toBe("policy-changed");
  });
});
