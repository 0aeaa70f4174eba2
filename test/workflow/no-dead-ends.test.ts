import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decide } from "../../src/workflow/decide.ts";
import { evolve } from "../../src/workflow/evolve.ts";
import { type NextStep, nextStep } from "../../src/workflow/next-step.ts";
import type { Policy } from "../../src/workflow/policy.ts";
import type { State } from "../../src/workflow/state.ts";
import type { Trigger } from "../../src/workflow/trigger.ts";
import { moveArbitrary, type Setup, setupArbitrary, simulate } from "./simulate.ts";
import { allStand, type Bare, mary, say } from "./story.ts";
import { goodOutcome, issueOf, person, planOf, spendOf } from "./world.ts";

const numRuns = Number(process.env.ARCHWRIGHT_RUNS ?? 150);
const ada = person("ada", "admin");

/** What a maintainer does who reads the status and copies the line that it offers. */
function follow(state: State, step: NextStep, count: number): Bare {
  const by = count % 2 === 0 ? mary : ada;
  const command = (line: string): Bare => say(by, line, { id: `end-${count}` })(state, count);
  switch (step.kind) {
    case "request":
      return { kind: "labeled", actor: by, label: step.label, issue: issueOf("rita") };
    case "running": {
      const [lease] = step.leases;
      if (!lease) throw new Error("nothing runs");
      const outcome = goodOutcome(lease, state.plan, planOf(`end-${count}`, [[], [1]]));
      const spent = [spendOf(10)];
      return { kind: "run-finished", nonce: lease.nonce, lease, outcome, spent };
    }
    case "paused":
      return command("/continue");
    case "answers":
      return command("/answer as you like");
    case "retry":
      return command("/retry");
    case "selection":
      return command(`/select ${step.explorations[0]}`);
    case "validation":
      return command("/validate");
    case "approval":
      return command(step.line);
    case "build":
      return command("/build");
    case "review":
      return command("/review");
    case "refinement":
    case "policy-changed":
      return command("/refine as the validation says");
    default:
      return command("/design");
  }
}

const ends = new Set(["merge", "done", "exhausted"]);
const isEnd = (state: State, step: NextStep): boolean =>
  ends.has(step.kind) && state.leases.every(({ phase }) => phase === "ask");

/** Follows the status, and the remedy of a refusal, to an end; tells where it leads nowhere. */
function reachEnd(start: State, policy: Policy): string | null {
  let state = start;
  let remedy: string | null = null;
  // Nobody can prove the approvals of the random part any more: whoever follows has to give their own.
  const gone = new Set(start.approvals.map(({ comment }) => comment));
  for (let count = 0; count < 80; count++) {
    const step = nextStep(state, policy);
    if (isEnd(state, step)) return null;
    const standing = allStand(state).map((proof) => ({
      ...proof,
      intact: !gone.has(proof.comment),
    }));
    const at = new Date(1_900_000_000_000 + count * 1_000).toISOString();
    const by = count % 2 === 0 ? mary : ada;
    const bare: Bare = remedy
      ? say(by, remedy, { id: `end-${count}` })(state, count)
      : follow(state, step, count);
    const trigger = { source: `end-${count}`, at, runId: "end", standing, ...bare };
    const decision = decide(state, trigger as Trigger, policy);
    if (decision.ok) {
      remedy = null;
      state = decision.events.reduce(evolve, state);
    } else if (decision.refusal.reason === "not-approved") {
      remedy = decision.refusal.line;
    } else if (decision.refusal.reason === "validation-blocks") {
      remedy = decision.refusal.line;
    } else if (decision.refusal.reason !== "already-approved") {
      return `${step.kind}: ${decision.refusal.reason}`;
    }
  }
  return `${nextStep(state, policy).kind}: no end after 80 steps`;
}

describe("no dead ends", () => {
  test("from wherever a random story led, following the status leads to an end", () => {
    expect.hasAssertions();
    const story = fc.tuple(setupArbitrary, fc.array(moveArbitrary, { maxLength: 80, size: "max" }));
    const holds = fc.property(story, ([setup, moves]) => {
      const { final } = simulate(setup as Setup, moves, decide);
      const generous = { micros: 1e12, tokens: 1e12 };
      const wrong = reachEnd(final, { ...setup.policy, cap: generous });
      expect(wrong).toBeNull();
    });
    fc.assert(holds, { numRuns, seed: Number(process.env.ARCHWRIGHT_SEED ?? 5) });
  });
});
