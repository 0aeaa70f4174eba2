import fc from "fast-check";
import type { Decision } from "../../src/workflow/decide.ts";
import type { Event } from "../../src/workflow/event.ts";
import { evolve, initialState } from "../../src/workflow/evolve.ts";
import { nextStep } from "../../src/workflow/next-step.ts";
import type { Lease, PhaseOutcome, Plan } from "../../src/workflow/phase.ts";
import type { Policy } from "../../src/workflow/policy.ts";
import type { Actor, Role } from "../../src/workflow/role.ts";
import type { State } from "../../src/workflow/state.ts";
import type { Standing, Trigger } from "../../src/workflow/trigger.ts";
import {
  basePolicy,
  bot,
  goodOutcome,
  hashOf,
  issueOf,
  outcomes,
  person,
  planOf,
  specId,
  spendOf,
  written,
} from "./world.ts";

/**
 * A small world in which people, runs and time do things in any order: triggers are made from random numbers
 * against the state of the moment, so that long sequences reach deep states. The world also knows the truth
 * (roles, comments) that the machine only learns from proofs, which may be partial or absent but never lie.
 */

export type Decide = (state: State, trigger: Trigger, policy: Policy) => Decision;
export type Move = { pick: number; who: number; x: number; y: number; luck: number };
export type Setup = { policy: Policy; requester: string };
export type Truth = ReadonlyMap<string, { actorId: string; role: Role; intact: boolean }>;
export type Step = {
  before: State;
  trigger: Trigger;
  decision: Decision;
  after: State;
  /** Everything that had happened before this step. */
  history: readonly Event[];
  /** Comments as they truly are at this moment, by comment and author. */
  truth: Truth;
  /** No run has yet reported more than it was allowed. */
  honest: boolean;
};
export type Run = { setup: Setup; steps: Step[]; events: Event[]; final: State };

const nat = (max: number) => fc.nat({ max });
export const moveArbitrary: fc.Arbitrary<Move> = fc.record({
  pick: nat(999),
  who: nat(999),
  x: nat(999),
  y: nat(999),
  luck: nat(99),
});

export const setupArbitrary: fc.Arbitrary<Setup> = fc
  .record({
    quorum: fc.constantFrom(1, 1, 2),
    requesterMayApprove: fc.boolean(),
    requireValidation: fc.constantFrom(true, true, false),
    maxRounds: nat(3),
    cap: fc.constantFrom(1_200_000, 3_000_000, 40_000_000),
    tokens: fc.constantFrom(300_000, 10_000_000),
    automatic: fc.constantFrom(true, true, true, false),
    maxAutomaticRetries: nat(2),
    requester: fc.constantFrom("wendy", "rita"),
  })
  .map(({ quorum, requesterMayApprove, requireValidation, maxRounds, cap, tokens, ...rest }) => ({
    requester: rest.requester,
    policy: {
      ...basePolicy,
      approval: { ...basePolicy.approval, quorum, requesterMayApprove, requireValidation },
      review: { threshold: 90, maxRounds },
      cap: { micros: cap, tokens },
      automatic: {
        design: rest.automatic || requireValidation,
        validate: rest.automatic,
        build: rest.automatic,
        review: rest.automatic,
        ask: false,
      },
      maxAutomaticRetries: rest.maxAutomaticRetries,
    },
  }));

const people: readonly (readonly [string, Role])[] = [
  ["adam", "admin"],
  ["mary", "maintain"],
  ["wendy", "write"],
  ["walt", "write"],
  ["tom", "triage"],
  ["rita", "read"],
  ["nora", "none"],
];
const shapes = [[[]], [[]], [[], []], [[], [1]], [[], [], [1, 2]]] as const;

type World = {
  setup: Setup;
  state: State;
  roles: Map<string, Role>;
  comments: Map<string, { actorId: string; intact: boolean; deleted: boolean }>;
  leases: Lease[];
  sent: Trigger[];
  held: Trigger[];
  events: Event[];
  tick: number;
  honest: boolean;
};

type Wish = Trigger extends infer T
  ? T extends Trigger
    ? Omit<T, "source" | "at" | "runId" | "standing">
    : never
  : never;

const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

function actorOf(world: World, id: string): Actor {
  return person(id, world.roles.get(id) ?? "none");
}
function someone(world: World, move: Move): Actor {
  if (move.who % 19 === 0) return bot("dependabot", at(["write", "admin"] as const, move.who));
  return actorOf(world, at(people, move.who)[0]);
}
/** Somebody who usually may. */
function strong(world: World, move: Move): Actor {
  return actorOf(world, at(["adam", "mary", "wendy", "walt"], move.who));
}

const freshPlan = (world: World, move: Move): Plan => {
  const plan = planOf(`plan-${move.y % 7 === 0 ? 0 : world.tick}`, at(shapes, move.x));
  if (move.luck === 3) return { ...plan, policyVersion: "rules-0" };
  // Some specs keep their text from one revision to the next.
  if (move.luck % 3 > 0) return plan;
  return { ...plan, specs: plan.specs.map((spec) => ({ ...spec, hash: hashOf(spec.id) })) };
};

function command(world: World, actor: Actor, line: string, edited = false): Wish {
  const id = `c${world.tick}`;
  world.comments.set(id, { actorId: actor.id, intact: !edited, deleted: false });
  const issue = issueOf(world.setup.requester);
  return { kind: "command", actor, command: written(line), comment: { id, edited }, issue };
}

function spentBy(world: World, lease: Lease, move: Move) {
  const { micros } = lease.reserved;
  if (move.luck === 7) {
    world.honest = false;
    return [spendOf(micros * 2)];
  }
  if (move.luck === 8) return [spendOf(null)];
  return [spendOf(Math.floor((micros * (move.x % 10)) / 10)), spendOf(0, "reviewer")];
}

function outcomeFor(world: World, lease: Lease, move: Move): PhaseOutcome {
  const { plan } = world.state;
  const good = goodOutcome(lease, plan, freshPlan(world, move));
  const luck = move.luck % 20;
  if (luck === 0) return outcomes.failed(at(["model-unavailable", "model-timeout"], move.x));
  if (luck === 1) {
    return outcomes.failed(at(["interrupted", "over-budget", "checkpoint-failed"], move.x));
  }
  if (luck === 2 && move.x % 4 === 0) return outcomes.built("f".repeat(40));
  if (lease.phase === "design" && luck < 7) return outcomes.questions();
  if (lease.phase === "review" && luck < 13) return outcomes.scored("e".repeat(40), 60 + luck);
  if (lease.phase !== "validate" || luck > 9) return good;
  const verdicts = ["ready", "needs-refinement", "wrong-direction", "ready", "incomplete"] as const;
  const verdict = at(verdicts, move.x);
  const refined = luck % 2 === 0 ? freshPlan(world, move) : null;
  return outcomes.validated(plan?.hash ?? "none", verdict, refined);
}

function finish(world: World, lease: Lease, move: Move): Wish {
  const outcome = outcomeFor(world, lease, move);
  const spent = spentBy(world, lease, move);
  return { kind: "run-finished", nonce: lease.nonce, lease, outcome, spent };
}

const shortHash = (world: World): string => world.state.plan?.hash.slice(0, 16) ?? "0000000";

/** Does what the feature waits for, by somebody who usually may. */
function goOn(world: World, move: Move): Wish {
  const { state, setup } = world;
  const actor = strong(world, move);
  const step = nextStep(state, setup.policy);
  switch (step.kind) {
    case "request":
      if (move.luck % 6 === 0) return command(world, actor, "/ask where are totals made?");
      return { kind: "labeled", actor, label: "archwright", issue: issueOf(setup.requester) };
    case "cancelled":
      return move.x % 3 === 0 ? command(world, actor, "/design") : { kind: "clock", dead: [] };
    case "running":
      return finish(world, at(step.leases, move.x), move);
    case "paused":
      return command(world, actor, "/continue");
    case "answers":
      return command(
        world,
        actor,
        at(['/answer 1 b 2 "500 tenants"', "/answer the first"], move.x),
      );
    case "retry":
      return command(world, actor, "/retry");
    case "validation":
      return command(world, actor, "/validate");
    case "approval":
      return command(world, actor, `/approve ${shortHash(world)}`);
    case "refinement":
      return command(
        world,
        actor,
        at(["/refine smaller", `/approve ${shortHash(world)} --unvalidated`], move.x),
      );
    case "build":
      return command(world, actor, "/build");
    case "review":
      return command(world, actor, "/review");
    case "selection":
      return command(world, actor, `/select ${at(step.explorations, move.x)}`);
    case "merge":
      return { kind: "pull-request-closed", actor, spec: at(step.specs, move.x), merged: true };
    case "exhausted":
    case "policy-changed":
      return command(world, actor, at(["/refine again", "/review"], move.x));
    case "design":
    case "blocked":
    case "done":
      return command(world, actor, "/design");
  }
}

const lines = [
  "/design",
  "/design --assume",
  "/design --as variant",
  "/design --as Big_One",
  "/refine use the base class",
  "/answer 1 b",
  "/answer 9 b",
  "/select variant",
  "/select main",
  "/validate",
  "/approve",
  "/approve HASH",
  "/approve HASH --unvalidated",
  "/approve 1234567",
  "/build",
  "/build BUILD_01",
  "/build build_02",
  "/build constructor",
  "/review",
  "/review BUILD_02",
  "/retry",
  "/retry build",
  "/retry review BUILD_01",
  "/continue",
  '/dismiss AC-1 "is covered"',
  '/dismiss F-2 "no" --spec BUILD_02',
  "/fix the total is wrong",
  "/fix BUILD_02 rename it",
  "/ask where are totals made?",
  "/ask what does BUILD_01 change?",
  "/status",
  "/help",
];

function anyCommand(world: World, move: Move): Wish {
  const line = at(lines, move.x).replace("HASH", shortHash(world));
  const actor = move.luck % 2 === 0 ? someone(world, move) : strong(world, move);
  return command(world, actor, line, move.luck % 17 === 0);
}

function aPersonsReview(world: World, move: Move): Wish {
  const actor = move.luck % 2 === 0 ? someone(world, move) : strong(world, move);
  const state = at(
    ["changes-requested", "changes-requested", "approved", "commented"] as const,
    move.y,
  );
  const findings = [{ path: "a.ts", line: 3, text: "rename it" }];
  const spec = specId(1 + (move.x % 3));
  return { kind: "person-review", actor, spec, state, head: "9".repeat(40), findings };
}

function changedComment(world: World, move: Move): Wish {
  const all = [...world.comments.keys()];
  const approving = world.state.approvals.map(({ comment }) => comment);
  const id = at(move.luck % 2 === 0 && approving.length > 0 ? approving : ["c0", ...all], move.x);
  const deleted = move.y % 2 === 0;
  const known = world.comments.get(id);
  if (known) world.comments.set(id, { ...known, intact: false, deleted });
  const actor = someone(world, move);
  return { kind: deleted ? "comment-deleted" : "comment-edited", actor, comment: id };
}

function lateResult(world: World, move: Move): Wish {
  const gone = world.leases.filter(
    (lease) => !world.state.leases.some(({ nonce }) => nonce === lease.nonce),
  );
  const lease = at(gone.length > 0 ? gone : world.leases, move.x);
  if (!lease) return { kind: "clock", dead: [] };
  const forged = move.luck % 9 === 0 ? { ...lease, nonce: hashOf(`forged-${move.y}`) } : lease;
  const outcome = goodOutcome(forged, world.state.plan, freshPlan(world, move));
  const spent = [spendOf(Math.floor(forged.reserved.micros / 2))];
  return { kind: "run-finished", nonce: forged.nonce, lease: forged, outcome, spent };
}

/** The run of a lease becomes known: of a live one, of one that is over, or of none. */
function claim(world: World, move: Move): Wish {
  const lease = at([...world.state.leases, ...world.leases], move.y);
  const nonce = move.luck % 3 === 0 || !lease ? hashOf(`none-${move.y}`) : lease.nonce;
  return { kind: "run-claimed", nonce, claimedBy: `run-${move.x % 5}` };
}

function clock(world: World, move: Move): Wish {
  if (move.luck % 7 === 0) return claim(world, move);
  if (move.luck % 31 === 0) {
    const what = move.x % 2 === 0 ? "issue-gone" : "pull-request-retargeted";
    return { kind: "moved", actor: someone(world, move), what };
  }
  if (move.luck % 5 === 0) world.tick += 5_000;
  const dead = world.state.leases.filter((_, i) => (move.x >> i) % 2 === 1).map((l) => l.nonce);
  return { kind: "clock", dead: move.luck % 2 === 0 ? [...dead, "unknown"] : dead };
}

/** Roles are lost and come back, comments vanish, and no trigger says so. */
function decay(world: World, move: Move): void {
  const [id, role] = at(people, move.who);
  world.roles.set(id, move.x % 2 === 0 ? at(["read", "none", "triage"] as const, move.y) : role);
  const approval = at(world.state.approvals, move.y);
  const known = approval && move.luck % 3 === 0 ? world.comments.get(approval.comment) : undefined;
  if (approval && known) {
    world.comments.set(approval.comment, { ...known, intact: false, deleted: move.x % 2 === 0 });
  }
}

function chooseWish(world: World, move: Move): Wish {
  const { state } = world;
  const spec = specId(1 + (move.x % 3));
  const { pick } = move;
  if (pick < 480) return goOn(world, move);
  if (pick < 560 && state.leases.length > 0) return finish(world, at(state.leases, move.y), move);
  if (pick < 700) return anyCommand(world, move);
  if (pick < 740) return lateResult(world, move);
  if (pick < 780) return clock(world, move);
  if (pick < 820) return aPersonsReview(world, move);
  if (pick < 850) return changedComment(world, move);
  const actor = move.luck % 2 === 0 ? someone(world, move) : strong(world, move);
  if (pick < 870) {
    return {
      kind: "person-push",
      actor,
      spec,
      branch: "archwright/12",
      head: hashOf(`p${move.y}`),
    };
  }
  if (pick < 890) {
    return { kind: "pull-request-closed", actor, spec, merged: move.y % 2 === 0 };
  }
  if (pick < 905) {
    return {
      kind: "document-edited",
      actor,
      document: "BUILD_01.md",
      plan: freshPlan(world, move),
    };
  }
  if (pick < 915) return command(world, actor, "/cancel");
  const label = at(["archwright", "bug"], move.y);
  return { kind: "labeled", actor, label, issue: issueOf(world.setup.requester) };
}

/** What the engine can prove now: usually everything, sometimes a part, sometimes nothing. Never more than is true. */
function prove(world: World, move: Move): Standing[] | undefined {
  if (move.luck === 11) return undefined;
  const proofs = world.state.approvals.map(({ comment, actorId }) => {
    const known = world.comments.get(comment);
    const role = world.roles.get(actorId) ?? "none";
    return {
      comment,
      actorId,
      role,
      intact: known?.intact ?? false,
      deleted: known?.deleted ?? true,
    };
  });
  return move.luck === 12 ? proofs.slice(1) : proofs;
}

function makeTrigger(world: World, move: Move): Trigger {
  if (move.pick >= 960 && world.sent.length > 0) {
    // The same delivery again, or one that was under way for long.
    const held = move.pick >= 980 ? world.held.shift() : undefined;
    return held ?? at(world.sent, move.x);
  }
  if (move.luck % 10 === 4) decay(world, move);
  const standing = prove(world, move);
  const wish = chooseWish(world, move);
  const trigger = {
    ...wish,
    source: `s${world.tick}-${move.y % 3}`,
    at: new Date(1_800_000_000_000 + world.tick * 1_000).toISOString(),
    runId: `run-${world.tick}`,
    ...(standing ? { standing } : {}),
  } as Trigger;
  // Late and reordered: another copy of it, under a source of its own, comes much later.
  if (move.luck % 25 === 9) world.held.push({ ...trigger, source: `${trigger.source}-held` });
  return trigger;
}

function truthOf(world: World): Truth {
  const truth = new Map<string, { actorId: string; role: Role; intact: boolean }>();
  for (const [comment, { actorId, intact }] of world.comments) {
    truth.set(comment, { actorId, intact, role: world.roles.get(actorId) ?? "none" });
  }
  return truth;
}

/** A trigger that was held back carries old proofs and an old role; the door proves them again when it comes. */
function proveAgain(world: World, trigger: Trigger, move: Move): Trigger {
  const { standing: _, ...bare } = trigger;
  const standing = prove(world, move);
  const again = { ...bare, ...(standing ? { standing } : {}) } as Trigger;
  if (again.kind !== "command") return again;
  const known = world.comments.get(again.comment.id);
  const edited = again.comment.edited || !(known?.intact ?? false);
  const { actor } = again;
  const now = actor.kind === "person" ? actorOf(world, actor.id) : actor;
  return { ...again, actor: now, comment: { ...again.comment, edited } };
}

export function simulate(setup: Setup, moves: readonly Move[], decide: Decide): Run {
  const world: World = {
    setup,
    state: initialState,
    roles: new Map(people),
    comments: new Map(),
    leases: [],
    sent: [],
    held: [],
    events: [],
    tick: 0,
    honest: true,
  };
  const steps: Step[] = [];
  for (const move of moves) {
    world.tick += 1;
    const trigger = proveAgain(world, makeTrigger(world, move), move);
    const before = world.state;
    const decision = decide(before, trigger, setup.policy);
    const events = decision.ok ? decision.events : [];
    const after = events.reduce(evolve, before);
    const history = world.events;
    const truth = truthOf(world);
    steps.push({ before, trigger, decision, after, history, truth, honest: world.honest });
    world.state = after;
    world.sent.push(trigger);
    world.events = events.length > 0 ? [...history, ...events] : history;
    for (const event of events) if (event.type === "PhaseStarted") world.leases.push(event.lease);
  }
  return { setup, steps, events: world.events, final: world.state };
}
