import { voidDecayedApprovals } from "./approvals.ts";
import { completeFeature } from "./complete-feature.ts";
import { type Draft, record } from "./draft.ts";
import { cancelUnapprovedBuilds } from "./end-leases.ts";
import { findOwn } from "./find-own.ts";
import type { Lease, PhaseOutcome } from "./phase.ts";
import { postPlan, validateAutomatically } from "./post-plan.ts";
import { requestFix } from "./request-fix.ts";
import { retryAutomatically } from "./retry-automatically.ts";
import { startOrPause, startReadyBuilds } from "./start-wanted.ts";
import { planWork, toWorkKey } from "./work-key.ts";

type OutcomeOf<K extends PhaseOutcome["kind"]> = Extract<PhaseOutcome, { kind: K }>;

/** Failures that are likely to pass by themselves. */
const transient: ReadonlySet<string> = new Set(["model-unavailable", "model-timeout"]);

function applyPlanned(draft: Draft, lease: Lease, outcome: OutcomeOf<"planned">): void {
  const { exploration } = lease;
  const { plan, estimate } = outcome;
  postPlan(draft, { exploration, plan, estimate, origin: "architect", by: null });
  if (exploration === draft.state.selected) validateAutomatically(draft);
}

function applyValidated(draft: Draft, lease: Lease, outcome: OutcomeOf<"validated">): void {
  const { validated, refined, verdict, report, checked, unproven, refuted } = outcome;
  // A refinement of a plan that is no longer the feature's would undo what replaced it.
  const current = draft.state.plan?.hash === validated;
  const { exploration } = lease;
  if (refined && current) {
    postPlan(draft, { exploration, plan: refined, estimate: null, origin: "validator", by: null });
  }
  const planHash = refined && current ? refined.hash : validated;
  record(draft, { type: "PlanValidated", planHash, verdict, report, checked, unproven, refuted });
}

function applyBuilt(draft: Draft, lease: Lease, outcome: OutcomeOf<"built">): void {
  const { branch, base, head, commits, deviations, checkpoints } = outcome;
  const { attempt, round } = lease;
  const spec = lease.spec ?? "";
  for (const checkpoint of checkpoints) {
    record(draft, { type: "CheckpointRecorded", spec, attempt, checkpoint });
  }
  const build = { spec, attempt, round, branch, base, head, commits, deviations };
  record(draft, { type: "BuildCompleted", ...build });
  if (draft.policy.automatic.review) startOrPause(draft, planWork(draft.state, "review", spec));
}

function applyScored(draft: Draft, lease: Lease, outcome: OutcomeOf<"scored">): void {
  const { head, score, threshold, report, gates, findings } = outcome;
  // The runner's word for it is not enough: the threshold is the policy's.
  const accepted = outcome.accepted && score >= draft.policy.review.threshold;
  const { attempt, round } = lease;
  const spec = lease.spec ?? "";
  const scored = {
    spec,
    attempt,
    round,
    head,
    score,
    threshold,
    accepted,
    report,
    gates,
    findings,
  };
  record(draft, { type: "ReviewScored", ...scored });
  voidDecayedApprovals(draft);
  cancelUnapprovedBuilds(draft);
  const asked = (findOwn(draft.state.specs, spec)?.personFindings.length ?? 0) > 0;
  // What a person asked for while the build ran is not answered by a machine's score.
  if (!accepted || asked) {
    requestFix(draft, spec, accepted ? "person" : "review");
    return;
  }
  record(draft, { type: "SpecAccepted", spec, head, score });
  completeFeature(draft);
  if (draft.state.status === "open" && draft.policy.automatic.build) startReadyBuilds(draft);
}

function applyFailed(draft: Draft, lease: Lease, outcome: OutcomeOf<"failed">): void {
  const { reason, failure, step, work } = outcome;
  const key = toWorkKey(lease);
  const { nonce, attempt } = lease;
  record(draft, { type: "PhaseFailed", key, nonce, attempt, reason, failure, step, work });
  if (key.phase === "ask") {
    if (transient.has(reason)) retryAutomatically(draft, key);
    return;
  }
  if (reason === "over-budget" && draft.state.status !== "paused") {
    record(draft, { type: "FeaturePaused", why: "over-budget" });
  }
  if (transient.has(reason)) retryAutomatically(draft, key);
}

/** What the end of a phase that held its lease leads to. */
export function applyOutcome(draft: Draft, lease: Lease, outcome: PhaseOutcome): void {
  switch (outcome.kind) {
    case "questions": {
      const { questions } = outcome;
      record(draft, { type: "QuestionsAsked", exploration: lease.exploration, questions });
      break;
    }
    case "planned":
      applyPlanned(draft, lease, outcome);
      break;
    case "validated":
      applyValidated(draft, lease, outcome);
      break;
    case "built":
      applyBuilt(draft, lease, outcome);
      break;
    case "scored":
      applyScored(draft, lease, outcome);
      break;
    case "answered": {
      const { exploration } = lease;
      record(draft, { type: "AnswerGiven", exploration, document: outcome.document });
      break;
    }
    case "failed":
      applyFailed(draft, lease, outcome);
      break;
  }
}
