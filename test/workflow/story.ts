import { type Decision, decide } from "../../src/workflow/decide.ts";
import { evolve, initialState } from "../../src/workflow/evolve.ts";
import type { PhaseName, PhaseOutcome, Plan } from "../../src/workflow/phase.ts";
import type { Policy } from "../../src/workflow/policy.ts";
import type { Actor } from "../../src/workflow/role.ts";
import type { State } from "../../src/workflow/state.ts";
import type { Standing, Trigger } from "../../src/workflow/trigger.ts";
import { basePolicy, issueOf, outcomes, person, planOf, spendOf, written } from "./world.ts";

/** A story is a list of beats; each makes a trigger of the state that it finds. */
export type Bare = Trigger extends infer T
  ? T extends Trigger
    ? Omit<T, "source" | "at" | "runId"> & { source?: string; at?: string }
    : never
  : never;
export type Beat = (state: State, count: number) => Bare;

export const mary = person("mary", "maintain");
export const wendy = person("wendy", "write");
export const walt = person("walt", "write");
export const tom = person("tom", "triage");
export const rita = person("rita", "read");
export const REQUESTER = "rita";

/** Every approval stands as it was given. */
export const allStand = (state: State): Standing[] =>
  state.approvals.map(({ comment, actorId, role }) => ({ comment, actorId, role, intact: true }));

const toTrigger = (bare: Bare, state: State, count: number): Trigger =>
  ({
    source: `source-${count}`,
    at: new Date(1_800_000_000_000 + count * 60_000).toISOString(),
    runId: `run-${count}`,
    standing: allStand(state),
    ...bare,
  }) as Trigger;

/** Decides one more beat on a state. */
export function ask(
  state: State,
  beat: Beat,
  policy: Policy = basePolicy,
  count = 1_000,
): Decision {
  return decide(state, toTrigger(beat(state, count), state, count), policy);
}

/** The state after a story. A beat that is refused is a fault of the test. */
export function tell(beats: readonly Beat[], policy: Policy = basePolicy): State {
  return beats.reduce((state, beat, count) => {
    const decision = ask(state, beat, policy, count);
    if (!decision.ok) throw new Error(`beat ${count} refused: ${decision.refusal.reason}`);
    return decision.events.reduce(evolve, state);
  }, initialState);
}

/** What a decision says, short enough for a table: names of events, or the reason of the refusal. */
export function summarise(decision: Decision): string {
  if (!decision.ok) return `refused: ${decision.refusal.reason}`;
  return decision.events
    .map((event) => {
      switch (event.type) {
        case "PhaseStarted":
          return `start ${event.lease.phase}${event.lease.spec ? ` ${event.lease.spec}` : ""}`;
        case "ApprovalVoided":
        case "LeaseExpired":
        case "FeaturePaused":
          return `${event.type}(${event.why})`;
        default:
          return event.type;
      }
    })
    .join(", ");
}

export const label = (actor: Actor = tom, name = "archwright"): Beat => {
  return () => ({ kind: "labeled", actor, label: name, issue: issueOf(REQUESTER) });
};

/** `HASH` stands for the short hash of the plan of the moment. */
export const say = (
  actor: Actor,
  line: string,
  comment: { id?: string; edited?: boolean } = {},
): Beat => {
  return (state, count) => ({
    kind: "command",
    actor,
    command: written(line.replace("HASH", state.plan?.hash.slice(0, 16) ?? "0000000")),
    comment: { id: comment.id ?? `comment-${count}`, edited: comment.edited ?? false },
    issue: issueOf(REQUESTER),
  });
};

/** The running phase (of a spec) ends like this. */
export const end = (
  phase: PhaseName,
  outcome: PhaseOutcome | ((state: State) => PhaseOutcome),
  spec: string | null = phase === "build" || phase === "review" ? "BUILD_01" : null,
): Beat => {
  return (state) => {
    const lease = state.leases.find((live) => live.phase === phase && live.spec === spec);
    if (!lease) throw new Error(`no ${phase} of ${spec} runs`);
    return {
      kind: "run-finished",
      nonce: lease.nonce,
      lease,
      outcome: typeof outcome === "function" ? outcome(state) : outcome,
      spent: [spendOf(1_000)],
    };
  };
};

export const HEAD = "d".repeat(40);
export const plan: Plan = planOf("one");
export const pair: Plan = planOf("pair", [[], []]);
export const chain: Plan = planOf("chain", [[], [1]]);

export const ready: Beat = end("validate", ({ plan: current }) =>
  outcomes.validated(current?.hash ?? ""),
);
export const built = (spec = "BUILD_01"): Beat => end("build", outcomes.built(HEAD), spec);
export const scored = (score: number, spec = "BUILD_01"): Beat =>
  end("review", outcomes.scored(HEAD, score), spec);

export const planned = (of: Plan = plan): Beat[] => [label(), end("design", outcomes.planned(of))];
export const validated = (of: Plan = plan): Beat[] => [...planned(of), ready];
export const approved = (of: Plan = plan): Beat[] => [
  ...validated(of),
  say(wendy, "/approve HASH", { id: "approval" }),
];
export const reviewed = (score: number, of: Plan = plan): Beat[] => [
  ...approved(of),
  built(),
  scored(score),
];
