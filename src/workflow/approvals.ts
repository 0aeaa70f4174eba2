import { type Draft, record } from "./draft.ts";
import { LEAST_HASH } from "./least-hash.ts";
import type { Plan } from "./phase.ts";
import type { Policy } from "./policy.ts";
import type { Refusal } from "./refusal.ts";
import type { Approval, State } from "./state.ts";
import type { Standing, Trigger } from "./trigger.ts";

/** The line that approves a plan, ready to copy. */
export const approvalLine = (plan: Plan): string => `/approve ${plan.hash.slice(0, LEAST_HASH)}`;

const isProofOf = (proof: Standing, { comment, actorId }: Approval): boolean =>
  proof.comment === comment && proof.actorId === actorId;

/** Proofs at hand: the trigger itself when it is a fresh comment, and those the engine made just now. */
function listProofs(trigger: Trigger): Standing[] {
  const made = trigger.standing ?? [];
  if (trigger.kind !== "command") return [...made];
  const { comment, actor } = trigger;
  const fresh = {
    comment: comment.id,
    actorId: actor.id,
    role: actor.role,
    intact: !comment.edited,
  };
  return [fresh, ...made];
}

const isVerdictReady = ({ plan, validation }: State): boolean =>
  plan !== null && validation?.planHash === plan.hash && validation.verdict === "ready";

/** Who may let a plan be built that the validation has not found ready. */
export const mayOverride = (role: Standing["role"]): boolean =>
  role === "maintain" || role === "admin";

function counts(
  state: State,
  proofs: readonly Standing[],
  policy: Policy,
  approval: Approval,
): boolean {
  if (approval.planHash !== state.plan?.hash) return false;
  const proof = proofs.find((each) => isProofOf(each, approval));
  if (!proof?.intact || !policy.approval.roles.includes(proof.role)) return false;
  if (!policy.approval.requesterMayApprove && approval.actorId === state.feature?.requester.id) {
    return false;
  }
  if (!policy.approval.requireValidation || isVerdictReady(state)) return true;
  return approval.unvalidated && mayOverride(proof.role);
}

/** How many distinct people approve the current plan by proofs made at this moment. Without a proof nobody counts. */
export function countStanding(state: State, proofs: readonly Standing[], policy: Policy): number {
  const live = state.approvals.filter((approval) => counts(state, proofs, policy, approval));
  return new Set(live.map((approval) => approval.actorId)).size;
}

/** The same at a trigger, which may itself be the proof of one. */
export const countApprovals = (state: State, trigger: Trigger, policy: Policy): number =>
  countStanding(state, listProofs(trigger), policy);

/** Why the current plan may not be built now, or null when it may. */
export function checkApproved(state: State, trigger: Trigger, policy: Policy): Refusal | null {
  const { plan } = state;
  if (!plan) return { reason: "no-plan", explorations: listPlanned(state) };
  if (plan.policyVersion !== policy.version) {
    return { reason: "policy-changed", planned: plan.policyVersion, current: policy.version };
  }
  const have = countApprovals(state, trigger, policy);
  const needs = Math.max(1, policy.approval.quorum);
  return have >= needs ? null : { reason: "not-approved", have, needs, line: approvalLine(plan) };
}

/** Explorations that have a plan which could be selected. */
export const listPlanned = (state: State): string[] =>
  Object.values(state.explorations).flatMap(({ id, plan }) => (plan ? [id] : []));

/** Voids approvals whose proof failed: the comment changed or went, or its author lost the role. */
export function voidDecayedApprovals(draft: Draft): void {
  for (const { comment, actorId } of draft.state.approvals) {
    const proof = draft.trigger.standing?.find(
      (known) => known.comment === comment && known.actorId === actorId,
    );
    if (!proof) continue;
    const why = decay(proof, draft.policy);
    if (why) record(draft, { type: "ApprovalVoided", comment, actorId, why });
  }
}

function decay(proof: Standing, policy: Policy) {
  // An answer that was not to be had says nothing about the person.
  if (proof.unproven) return null;
  if (!proof.intact) return proof.deleted ? "comment-deleted" : "comment-edited";
  return policy.approval.roles.includes(proof.role) ? null : "role-lost";
}

/** A new revision is in force: nobody has approved it. */
export function voidAllApprovals(draft: Draft): void {
  for (const { comment, actorId } of draft.state.approvals) {
    record(draft, { type: "ApprovalVoided", comment, actorId, why: "new-revision" });
  }
}
