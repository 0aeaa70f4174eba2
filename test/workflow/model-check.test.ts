import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decide } from "../../src/workflow/decide.ts";
import type { Event } from "../../src/workflow/event.ts";
import { eventSchema } from "../../src/workflow/event.ts";
import { type Invariant, invariants } from "./invariants.ts";
import {
  type Decide,
  moveArbitrary,
  type Run,
  type Setup,
  setupArbitrary,
  simulate,
} from "./simulate.ts";

// Full run: ARCHWRIGHT_RUNS=20000, another sample: ARCHWRIGHT_SEED=7.
const numRuns = Number(process.env.ARCHWRIGHT_RUNS ?? 300);
const seed = Number(process.env.ARCHWRIGHT_SEED ?? 20_261_121);
const LONGEST = 120;
const sequence = fc.tuple(
  setupArbitrary,
  fc.array(moveArbitrary, { minLength: 1, maxLength: LONGEST, size: "max" }),
);

const runsOf = (judged: Decide, count: number): Run[] =>
  fc
    .sample(sequence, { numRuns: count, seed })
    .map(([setup, moves]) => simulate(setup as Setup, moves, judged));

/** One sample for all invariants; the counterexample of a broken one is shrunk before it is shown. */
const runs = runsOf(decide, numRuns);

function expectToHold(invariant: Invariant): void {
  if (!runs.some((run) => invariant(run) !== null)) return;
  const holds = fc.property(sequence, ([setup, moves]) => {
    const wrong = invariant(simulate(setup as Setup, moves, decide));
    if (wrong) throw new Error(wrong);
  });
  fc.assert(holds, { seed, numRuns });
}

describe("long random sequences of triggers", () => {
  for (const [name, invariant] of Object.entries(invariants)) {
    test(name, () => {
      expectToHold(invariant);
      expect(runs).toHaveLength(numRuns);
    });
  }
});

const steps = runs.flatMap((run) => run.steps);
const events = runs.flatMap((run) => run.events);
const countEvents = (holds: (event: Event) => boolean): number => events.filter(holds).length;

describe("the sample reaches what it must", () => {
  const reached: Record<string, number> = {
    "questions answered": countEvents((e) => e.type === "AnswerGiven"),
    "questions before anything is requested": countEvents(
      (e) => e.type === "FeatureOpened" && e.only === "question",
    ),
    "features opened after a question": runs.filter((run) => {
      const opened = run.events.filter((e) => e.type === "FeatureOpened");
      return opened.length === 2 && run.final.status !== "absent";
    }).length,
    "words of /fix that begin a round": steps.filter(
      ({ trigger, decision }) =>
        trigger.kind === "command" &&
        trigger.command.name === "fix" &&
        decision.ok &&
        decision.events.some(({ type }) => type === "FixRequested"),
    ).length,
    "completed features": runs.filter((run) => run.final.status === "completed").length,
    "accepted specs": countEvents((e) => e.type === "SpecAccepted"),
    "exhausted specs": countEvents((e) => e.type === "SpecExhausted"),
    "fix rounds by score": countEvents((e) => e.type === "FixRequested" && e.origin === "review"),
    "fix rounds by a person": countEvents(
      (e) => e.type === "FixRequested" && e.origin === "person",
    ),
    "second fix rounds": countEvents((e) => e.type === "FixRequested" && e.round === 2),
    cancelled: countEvents((e) => e.type === "FeatureCancelled"),
    reopened: countEvents((e) => e.type === "FeatureReopened"),
    "paused by a push": countEvents((e) => e.type === "FeaturePaused" && e.why === "person-push"),
    "paused by money": countEvents((e) => e.type === "FeaturePaused" && e.why === "over-budget"),
    "paused by a closed pull request": countEvents(
      (e) => e.type === "FeaturePaused" && e.why === "pull-request-closed",
    ),
    "two specs at once": steps.filter(
      ({ after }) => after.leases.filter(({ phase }) => phase === "build").length > 1,
    ).length,
    "two explorations at once": steps.filter(
      ({ after }) => after.leases.filter(({ phase }) => phase === "design").length > 1,
    ).length,
    "second attempts": countEvents((e) => e.type === "PhaseStarted" && e.lease.attempt > 1),
    "unvalidated approvals": countEvents((e) => e.type === "PlanApproved" && e.unvalidated),
    "builds that needed two people": runs
      .filter((run) => run.setup.policy.approval.quorum === 2)
      .flatMap((run) => run.events)
      .filter((e) => e.type === "BuildCompleted").length,
    "builds stopped by decayed approval": steps.filter(
      ({ decision }) => !decision.ok && decision.refusal.reason === "not-approved",
    ).length,
    "allowances cut by the cap": countEvents(
      (e) =>
        e.type === "PhaseStarted" &&
        e.lease.reserved.micros <
          { design: 2e5, validate: 1e5, build: 4e5, review: 1.5e5, ask: 5e4 }[e.lease.phase],
    ),
    ...Object.fromEntries(
      (["new-revision", "comment-deleted", "comment-edited", "role-lost"] as const).map((why) => [
        `approvals voided: ${why}`,
        countEvents((e) => e.type === "ApprovalVoided" && e.why === why),
      ]),
    ),
    ...Object.fromEntries(
      (["run-gone", "timed-out", "cancelled"] as const).map((why) => [
        `leases expired: ${why}`,
        countEvents((e) => e.type === "LeaseExpired" && e.why === why),
      ]),
    ),
  };
  test.each(Object.entries(reached))("%s", (_, count) => {
    expect(count).toBeGreaterThanOrEqual(3);
  });

  test("every type of event happens", () => {
    const known = eventSchema.options.map((option) => option.shape.type.value);
    const seen = new Set(events.map(({ type }) => type));
    expect(known.filter((type) => !seen.has(type))).toEqual([]);
  });

  test("every kind of trigger is accepted and refused", () => {
    const accepted = new Set(steps.filter((s) => s.decision.ok).map((s) => s.trigger.kind));
    const refused = new Set(steps.filter((s) => !s.decision.ok).map((s) => s.trigger.kind));
    expect(accepted.size).toBe(12);
    expect(refused.size).toBe(12);
  });
});

/** A machine that is broken in one way: the invariant of that name must find it. */
const mutants: readonly { breaks: string; how: string; by: Decide }[] = [
  {
    breaks:
      "no build without a live approval of the current plan hash by someone allowed at that moment",
    how: "believes the ledger instead of the proofs",
    by: (state, trigger, policy) =>
      decide(
        state,
        {
          ...trigger,
          standing: state.approvals.map(({ comment, actorId, role }) => ({
            comment,
            actorId,
            role,
            intact: true,
          })),
        },
        policy,
      ),
  },
  {
    breaks:
      "no build without a live approval of the current plan hash by someone allowed at that moment",
    how: "forgets the quorum",
    by: (state, trigger, policy) =>
      decide(state, trigger, { ...policy, approval: { ...policy.approval, quorum: 0 } }),
  },
  {
    breaks: "a new revision voids approval",
    how: "carries approvals over to the new plan",
    by: (state, trigger, policy) => {
      const decision = decide(state, trigger, policy);
      if (!decision.ok) return decision;
      const carried = decision.events.flatMap((event) =>
        event.type === "PlanPosted" && event.exploration === state.selected
          ? state.approvals.map(({ comment, actorId, login, role, unvalidated }) => ({
              v: 1 as const,
              at: event.at,
              source: event.source,
              type: "PlanApproved" as const,
              planHash: event.plan.hash,
              comment,
              unvalidated,
              by: { id: actorId, login, role, kind: "person" as const },
            }))
          : [],
      );
      return { ok: true, events: [...decision.events, ...carried] };
    },
  },
  {
    breaks: "never two live leases of one (phase, spec, exploration)",
    how: "does not see what runs",
    by: (state, trigger, policy) =>
      decide(trigger.kind === "run-finished" ? state : { ...state, leases: [] }, trigger, policy),
  },
  {
    breaks: "a result whose nonce is not the live lease is never applied",
    how: "takes the runner's word for its lease",
    by: (state, trigger, policy) =>
      decide(
        trigger.kind === "run-finished" && !state.leases.some((l) => l.nonce === trigger.nonce)
          ? { ...state, leases: [...state.leases, trigger.lease] }
          : state,
        trigger,
        policy,
      ),
  },
  {
    breaks: "a source seen before changes nothing",
    how: "forgets sources",
    by: (state, trigger, policy) => decide({ ...state, sources: new Set() }, trigger, policy),
  },
  {
    breaks: "fix rounds never exceed the limit",
    how: "allows one round more",
    by: (state, trigger, policy) => {
      const review = { ...policy.review, maxRounds: policy.review.maxRounds + 1 };
      return decide(state, trigger, { ...policy, review });
    },
  },
  {
    breaks: "reserved plus spent never passes the cap",
    how: "counts what is spent but not what is reserved",
    by: (state, trigger, policy) =>
      decide({ ...state, money: { ...state.money, reserved: {} } }, trigger, policy),
  },
  {
    breaks: "a cancelled feature stays so until reopened",
    how: "takes cancelled for paused",
    by: (state, trigger, policy) =>
      decide(
        state.status === "cancelled" ? { ...state, status: "paused" } : state,
        trigger,
        policy,
      ),
  },
  {
    breaks: "every trigger gives events or a refusal with a reason",
    how: "is silent when nothing follows",
    by: (state, trigger, policy) => {
      const decision = decide(state, trigger, policy);
      const silent = !decision.ok && decision.refusal.reason === "nothing-to-do";
      return silent ? { ok: true, events: [] } : decision;
    },
  },
  {
    breaks: "a question changes nothing but money",
    how: "opens a feature for a question",
    by: (state, trigger, policy) => {
      const decision = decide(state, trigger, policy);
      if (!decision.ok) return decision;
      const events = decision.events.map((event) => {
        if (event.type !== "FeatureOpened") return event;
        const { only: _, ...opened } = event;
        return opened as typeof event;
      });
      return { ok: true, events };
    },
  },
  {
    breaks: "a bot approves nothing",
    how: "takes bots for people",
    by: (state, trigger, policy) =>
      decide(
        state,
        "actor" in trigger ? { ...trigger, actor: { ...trigger.actor, kind: "person" } } : trigger,
        policy,
      ),
  },
];

describe("the checkers find a machine that is broken", () => {
  test.each(mutants)("$how", ({ breaks, by }) => {
    const invariant = invariants[breaks] as Invariant;
    const broken = runsOf(by, 70).map((run) => invariant(run));
    expect(broken.filter((wrong) => wrong !== null).length).toBeGreaterThan(0);
  });
});
