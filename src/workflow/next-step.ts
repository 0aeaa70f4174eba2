import { approvalLine, listPlanned, mayOverride } from "./approvals.ts";
import type { PauseReason } from "./event.ts";
import { findOwn } from "./find-own.ts";
import { parseWorkKey } from "./parse-work-key.ts";
import type { Lease, Question, Verdict, WorkKey } from "./phase.ts";
import type { Policy } from "./policy.ts";
import type { Role } from "./role.ts";
import { listOpenDependencies, listSpecs } from "./start-phase.ts";
import { listBuildable } from "./start-wanted.ts";
import type { PhaseTrouble, SpecState, State } from "./state.ts";

/** What a feature waits for, as data: one kind, the most pressing. */
export type NextStep =
  | { kind: "request"; label: string }
  | { kind: "cancelled" }
  | { kind: "running"; leases: readonly Lease[] }
  | { kind: "paused"; why: PauseReason }
  | { kind: "answers"; exploration: string; questions: readonly Question[] }
  | { kind: "retry"; troubles: readonly { key: WorkKey; trouble: PhaseTrouble }[] }
  | { kind: "design" }
  | { kind: "selection"; explorations: readonly string[] }
  | { kind: "validation"; hash: string }
  | {
      kind: "refinement";
      hash: string;
      verdict: Exclude<Verdict, "ready">;
      report: string;
    }
  /** `needs` counts people still missing, `quorum` all of them; `line` is what they copy. */
  | {
      kind: "approval";
      hash: string;
      line: string;
      needs: number;
      quorum: number;
      roles: readonly Role[];
      approvedBy: readonly string[];
    }
  | { kind: "policy-changed"; hash: string }
  | { kind: "build"; specs: readonly string[] }
  | { kind: "review"; specs: readonly string[] }
  /** Rounds are used up: the branch is the people's. `accepted` are done beside them. */
  | { kind: "exhausted"; specs: readonly string[]; accepted: readonly string[] }
  | { kind: "blocked"; specs: readonly string[] }
  | { kind: "merge"; specs: readonly string[] }
  | { kind: "done" };

const currentSpecs = (state: State): SpecState[] =>
  listSpecs(state).flatMap((id) => findOwn(state.specs, id) ?? []);

function afterPlan(state: State, policy: Policy): NextStep {
  const specs = currentSpecs(state);
  const named = (isOne: (spec: SpecState) => boolean): string[] =>
    specs.filter(isOne).map(({ id }) => id);
  const buildable = listBuildable(state);
  if (buildable.length > 0) {
    return stepToApproval(state, policy) ?? { kind: "build", specs: buildable };
  }
  const review = named((spec) => spec.result === "open" && spec.build !== null && !spec.fixing);
  if (review.length > 0) return { kind: "review", specs: review };
  const accepted = named((spec) => spec.result === "accepted");
  const exhausted = named((spec) => spec.result === "exhausted");
  if (exhausted.length > 0) return { kind: "exhausted", specs: exhausted, accepted };
  const open = named((spec) => spec.result === "open");
  if (open.length > 0) return { kind: "blocked", specs: open };
  return accepted.length > 0 ? { kind: "merge", specs: accepted } : { kind: "done" };
}

/** What is missing before the current plan may be built; null when it is approved, as far as the ledger knows. */
function stepToApproval(state: State, policy: Policy): NextStep | null {
  const { plan, validation } = state;
  if (!plan) return { kind: "design" };
  const { hash } = plan;
  if (plan.policyVersion !== policy.version) return { kind: "policy-changed", hash };
  const isReady = validation?.planHash === hash && validation.verdict === "ready";
  const isBlocked = policy.approval.requireValidation && !isReady;
  const counted = state.approvals.filter(
    (approval) => approval.planHash === hash && (approval.unvalidated || !isBlocked),
  );
  // Once a maintainer has overruled the validation, those who follow must do so in the same words.
  if (isBlocked && counted.length === 0) {
    if (validation?.planHash !== hash) return { kind: "validation", hash };
    const { verdict, report } = validation;
    if (verdict !== "ready") return { kind: "refinement", hash, verdict, report };
  }
  const approvedBy = [...new Map(counted.map(({ actorId, login }) => [actorId, login])).values()];
  const quorum = Math.max(1, policy.approval.quorum);
  const needs = quorum - approvedBy.length;
  if (needs <= 0) return null;
  const line = isBlocked ? `${approvalLine(plan)} --unvalidated` : approvalLine(plan);
  const roles = policy.approval.roles.filter((role) => !isBlocked || mayOverride(role));
  return { kind: "approval", hash, line, needs, quorum, roles, approvedBy };
}

function withoutPlan(state: State): NextStep {
  const explorations = listPlanned(state);
  return explorations.length > 0 ? { kind: "selection", explorations } : { kind: "design" };
}

/** What failed and could be started again: a build waits first for approval and for what it depends on. */
function listRetryable(state: State, policy: Policy): { key: WorkKey; trouble: PhaseTrouble }[] {
  const all = Object.entries(state.troubles).map(([text, trouble]) => ({
    key: parseWorkKey(text),
    trouble,
  }));
  const isApproved = stepToApproval(state, policy) === null;
  const canBuild = (spec: string | null): boolean =>
    isApproved && spec !== null && listOpenDependencies(state, spec).length === 0;
  return all.filter(({ key }) => key.phase !== "build" || canBuild(key.spec));
}

/**
 * What the feature waits for. From the ledger alone: whether approvals still stand is proved when a build starts.
 * Running work comes first, then what stopped, then what only a person can do.
 */
export function nextStep(state: State, policy: Policy): NextStep {
  if (state.status === "absent") return { kind: "request", label: policy.label };
  if (state.status === "cancelled") return { kind: "cancelled" };
  // Somebody's question holds nothing up.
  const leases = state.leases.filter(({ phase }) => phase !== "ask");
  if (leases.length > 0) return { kind: "running", leases };
  if (state.status === "paused") return { kind: "paused", why: state.paused ?? "person-push" };
  if (state.status === "completed") return afterPlan(state, policy);
  if (state.asking !== null) {
    return { kind: "answers", exploration: state.asking, questions: state.questions };
  }
  const troubles = listRetryable(state, policy);
  if (troubles.length > 0) return { kind: "retry", troubles };
  return state.plan ? afterPlan(state, policy) : withoutPlan(state);
}
