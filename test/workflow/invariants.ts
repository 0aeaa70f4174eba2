import { isDeepStrictEqual } from "node:util";
import type { Event, EventOf } from "../../src/workflow/event.ts";
import { eventSchema } from "../../src/workflow/event.ts";
import { evolve, initialState } from "../../src/workflow/evolve.ts";
import { foldEvents } from "../../src/workflow/fold-events.ts";
import { nextStep } from "../../src/workflow/next-step.ts";
import type { Run, Step } from "./simulate.ts";

/** What must hold in every run. Each tells what is wrong and where, or null; none trusts what `decide` believes. */
export type Invariant = (run: Run) => string | null;

const overSteps =
  (check: (step: Step, run: Run) => string | null): Invariant =>
  (run) => {
    for (const [index, step] of run.steps.entries()) {
      const wrong = check(step, run);
      if (wrong) return `step ${index} (${step.trigger.kind}): ${wrong}`;
    }
    return null;
  };

const eventsOf = (step: Step): readonly Event[] => (step.decision.ok ? step.decision.events : []);

/** Each event of a step with all that happened before it. */
function* unrolled(step: Step): Generator<{ event: Event; before: readonly Event[] }> {
  const events = eventsOf(step);
  for (const [index, event] of events.entries()) {
    yield { event, before: [...step.history, ...events.slice(0, index)] };
  }
}

const selectedOf = (history: readonly Event[]): string =>
  history.findLast((event) => event.type === "ExplorationSelected")?.exploration ?? "main";

type Posted = EventOf<"PlanPosted">;
const planOf = (history: readonly Event[]): Posted["plan"] | null => {
  const selected = selectedOf(history);
  const posted = history.findLast((e) => e.type === "PlanPosted" && e.exploration === selected);
  return (posted as Posted | undefined)?.plan ?? null;
};

/** Approvals that the bare history still knows: given after the plan came into force, and not voided since. */
function approvalsOf(history: readonly Event[]): EventOf<"PlanApproved">[] {
  let live: EventOf<"PlanApproved">[] = [];
  let selected = "main";
  for (const event of history) {
    if (event.type === "PlanPosted" && event.exploration === selected) live = [];
    else if (event.type === "ExplorationSelected") {
      selected = event.exploration;
      live = [];
    } else if (event.type === "FeatureCancelled") live = [];
    else if (event.type === "PlanApproved") live = [...live, event];
    else if (event.type === "ApprovalVoided") {
      live = live.filter(({ comment }) => comment !== event.comment);
    }
  }
  return live;
}

function verdictOf(history: readonly Event[], hash: string): string | null {
  const said = history.findLast((e) => e.type === "PlanValidated" && e.planHash === hash);
  return (said as EventOf<"PlanValidated"> | undefined)?.verdict ?? null;
}

function checkBuildStart(step: Step, run: Run, before: readonly Event[]): string | null {
  const { approval } = run.setup.policy;
  const plan = planOf(before);
  if (!plan) return "a build without a plan";
  const people = new Set<string>();
  for (const given of approvalsOf(before)) {
    const truth = step.truth.get(given.comment);
    if (given.planHash !== plan.hash || given.by.kind !== "person") continue;
    if (!truth?.intact || truth.actorId !== given.by.id) continue;
    if (!approval.roles.includes(truth.role)) continue;
    if (!approval.requesterMayApprove && given.by.id === run.setup.requester) continue;
    const overrules = given.unvalidated && (truth.role === "admin" || truth.role === "maintain");
    const proven = !approval.requireValidation || verdictOf(before, plan.hash) === "ready";
    if (proven || overrules) people.add(given.by.id);
  }
  if (people.size >= approval.quorum) return null;
  return `a build with ${people.size} of ${approval.quorum} live approvals`;
}

const noBuildWithoutApproval = overSteps((step, run) => {
  for (const { event, before } of unrolled(step)) {
    if (event.type !== "PhaseStarted" || event.lease.phase !== "build") continue;
    const wrong = checkBuildStart(step, run, before);
    if (wrong) return wrong;
  }
  return null;
});

const revisionVoidsApproval = overSteps((step) => {
  const selected = selectedOf([...step.history, ...eventsOf(step)]);
  const isRevision = (e: Event): boolean =>
    (e.type === "PlanPosted" && e.exploration === selected) || e.type === "ExplorationSelected";
  const at = eventsOf(step).findLastIndex(isRevision);
  if (at < 0) return null;
  if (step.after.approvals.length > 0) return "approvals outlive a new revision";
  const builds = step.after.leases.filter(({ phase }) => phase === "build");
  return builds.length > 0 ? "a build of the old revision goes on" : null;
});

const oneLeaseOfAKey = overSteps((step) => {
  let live: { key: string; nonce: string }[] = [];
  for (const event of [...step.history, ...eventsOf(step)]) {
    if (event.type === "PhaseStarted") {
      const { phase, spec, exploration, nonce } = event.lease;
      const key = `${phase}/${spec}/${exploration}`;
      if (live.some((lease) => lease.key === key)) return `two live leases of ${key}`;
      live = [...live, { key, nonce }];
    } else if (event.type === "PhaseSettled" || event.type === "LeaseExpired") {
      live = live.filter(({ nonce }) => nonce !== event.nonce);
    }
  }
  return null;
});

const applied = new Set(["PhaseSettled", "PhaseFailed", "PlanPosted", "PlanValidated"]);
for (const type of ["QuestionsAsked", "BuildCompleted", "ReviewScored", "SpecAccepted"]) {
  applied.add(type);
}

const lateIsNotApplied = overSteps(({ trigger, before, decision, after }) => {
  if (trigger.kind !== "run-finished" || !decision.ok) return null;
  if (before.leases.some(({ nonce }) => nonce === trigger.nonce)) return null;
  const wrong = decision.events.find(({ type }) => applied.has(type) || type === "PhaseStarted");
  if (wrong) return `${wrong.type} of a run that holds no lease`;
  const keys = ["plan", "specs", "approvals", "leases", "wanted", "status", "validation"] as const;
  const changed = keys.find((key) => JSON.stringify(after[key]) !== JSON.stringify(before[key]));
  return changed ? `a late result changed ${changed}` : null;
});

const seenChangesNothing = overSteps(({ trigger, before, after, decision, history }) => {
  if (!history.some(({ source }) => source === trigger.source)) return null;
  if (!decision.ok && decision.refusal.reason === "already-seen" && after === before) return null;
  return `${trigger.source} was seen and changed something`;
});

const roundsWithinLimit = overSteps((step, run) => {
  const { maxRounds } = run.setup.policy.review;
  const rounds = new Map<string, number>();
  for (const event of [...step.history, ...eventsOf(step)]) {
    if (event.type === "PlanPosted" || event.type === "ExplorationSelected") rounds.clear();
    if (event.type !== "FixRequested") continue;
    const round = (rounds.get(event.spec) ?? 0) + 1;
    rounds.set(event.spec, round);
    if (round > maxRounds || event.round > maxRounds) return `round ${event.round} of ${maxRounds}`;
  }
  return null;
});

type Amount = { micros: number; tokens: number };

/** The money of a history, counted from the events alone. */
function countMoney(history: readonly Event[]): Amount {
  const held = new Map<string, { amount: Amount; open: boolean }>();
  for (const event of history) {
    if (event.type === "PhaseStarted") {
      held.set(event.lease.nonce, { amount: event.lease.reserved, open: true });
    }
    if (event.type !== "PhaseSettled" && event.type !== "LateResultKept") continue;
    const known = held.get(event.nonce);
    if (!known?.open) continue;
    const micros = event.spent.reduce((sum, spend) => sum + (spend.micros ?? 0), 0);
    held.set(event.nonce, { amount: { micros, tokens: event.tokens }, open: false });
  }
  const all = [...held.values()].map(({ amount }) => amount);
  const sum = (unit: keyof Amount): number => all.reduce((total, a) => total + a[unit], 0);
  return { micros: sum("micros"), tokens: sum("tokens") };
}

const capHolds = overSteps((step, run) => {
  const { cap } = run.setup.policy;
  const events = eventsOf(step);
  const started = events.some(({ type }) => type === "PhaseStarted");
  if (!step.honest && !started) return null;
  const money = countMoney([...step.history, ...events]);
  if (money.micros <= cap.micros && (!step.honest || money.tokens <= cap.tokens)) return null;
  // Only a run that spent more than it was allowed may have passed the cap, and then nothing starts.
  return `${money.micros} of ${cap.micros}, ${money.tokens} of ${cap.tokens} tokens`;
});

const moneyIsCounted: Invariant = (run) => {
  const { reserved, spent } = run.final.money;
  const held = Object.values(reserved).reduce((sum, { micros }) => sum + micros, 0);
  const { micros } = countMoney(run.events);
  return held + spent.micros === micros ? null : `${held + spent.micros} instead of ${micros}`;
};

const cancelledStays = overSteps(({ before, after, decision, trigger }) => {
  if (before.status !== "cancelled" || !decision.ok) return null;
  if (decision.events.some(({ type }) => type === "FeatureReopened")) {
    const { actor, kind } = trigger as { actor?: { role: string }; kind: string };
    const may = ["write", "maintain", "admin"].includes(actor?.role ?? "");
    return kind === "command" && may ? null : "reopened by somebody who may not";
  }
  if (after.status !== "cancelled") return `became ${after.status}`;
  return after.leases.length > 0 ? "something runs" : null;
});

const readsOnly = new Set(["status", "doctor", "help"]);
const alwaysAnswered = overSteps(({ decision, trigger }) => {
  if (!decision.ok) return decision.refusal.reason ? null : "a refusal without a reason";
  if (decision.events.length > 0) return null;
  const reads = trigger.kind === "command" && readsOnly.has(trigger.command.name);
  return reads ? null : "neither events nor a refusal";
});

const machinesApproveNothing = overSteps(({ decision, trigger, after }) => {
  if (!decision.ok || !("actor" in trigger) || trigger.actor.kind === "person") return null;
  const approves = decision.events.some(
    (event) =>
      event.type === "PlanApproved" ||
      (event.type === "PersonReviewed" && event.state === "approved"),
  );
  if (approves) return "a bot approved";
  return after.approvals.some(({ actorId }) => actorId === trigger.actor.id) ? "it counts" : null;
});

const isQuestion = (lease: { phase: string }): boolean => lease.phase === "ask";

/** Whatever becomes of a question, all that the feature is and waits for stays as it was. */
const questionsChangeNothing = overSteps(({ before, after, decision, trigger }, run) => {
  if (!decision.ok) return null;
  const asks = trigger.kind === "command" && trigger.command.name === "ask";
  const ends = trigger.kind === "run-finished" && isQuestion(trigger.lease);
  if (!asks && !ends) return null;
  const keys = ["status", "paused", "plan", "specs", "approvals", "validation", "wanted"] as const;
  const more = [...keys, "troubles", "questions", "asking", "guidance", "explorations"] as const;
  const changed = more.find((key) => !isDeepStrictEqual(before[key], after[key]));
  if (changed) return `a question changed ${changed}`;
  const others = (state: typeof before) => state.leases.filter((lease) => !isQuestion(lease));
  if (!isDeepStrictEqual(others(before), others(after))) return "a question changed other work";
  const { policy } = run.setup;
  const steps = [nextStep(before, policy), nextStep(after, policy)];
  return isDeepStrictEqual(steps[0], steps[1]) ? null : "a question changed the next step";
});

const carriesItsCause = overSteps((step) => {
  const { trigger } = step;
  const wrong = eventsOf(step).find((e) => e.source !== trigger.source || e.at !== trigger.at);
  return wrong ? `${wrong.type} does not carry its source and time` : null;
});

const roundTrips = overSteps((step) => {
  for (const event of eventsOf(step)) {
    const parsed = eventSchema.safeParse(JSON.parse(JSON.stringify(event)));
    if (!parsed.success) return `${event.type} does not parse: ${parsed.error.message}`;
    if (!isDeepStrictEqual(parsed.data, event)) return `${event.type} changed`;
  }
  return null;
});

const foldIsEvolve: Invariant = (run) => {
  const stored = run.events.map((event) => JSON.parse(JSON.stringify(event)) as unknown);
  const folded = foldEvents(stored);
  if (!isDeepStrictEqual(folded, run.final)) return "the fold differs from step by step";
  const again = run.events.reduce(evolve, initialState);
  return isDeepStrictEqual(again, run.final) ? null : "evolving again differs";
};

export const invariants: Readonly<Record<string, Invariant>> = {
  "no build without a live approval of the current plan hash by someone allowed at that moment":
    noBuildWithoutApproval,
  "a new revision voids approval": revisionVoidsApproval,
  "never two live leases of one (phase, spec, exploration)": oneLeaseOfAKey,
  "a result whose nonce is not the live lease is never applied": lateIsNotApplied,
  "a source seen before changes nothing": seenChangesNothing,
  "fix rounds never exceed the limit": roundsWithinLimit,
  "reserved plus spent never passes the cap": capHolds,
  "money is settled once, whatever comes late or twice": moneyIsCounted,
  "a cancelled feature stays so until reopened": cancelledStays,
  "every trigger gives events or a refusal with a reason": alwaysAnswered,
  "a bot approves nothing": machinesApproveNothing,
  "a question changes nothing but money": questionsChangeNothing,
  "every event carries its trigger's source and time": carriesItsCause,
  "every event round-trips through JSON and the event schema": roundTrips,
  "the fold of the events equals evolving step by step": foldIsEvolve,
};
