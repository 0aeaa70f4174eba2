import {
  approvalLine,
  checkApproved,
  countApprovals,
  listPlanned,
  mayOverride,
  voidDecayedApprovals,
} from "../approvals.ts";
import type { CommandHandler } from "../command-handler.ts";
import { accept, type Draft, openDraft, record, refuse } from "../draft.ts";
import { cancelUnapprovedBuilds } from "../end-leases.ts";
import { LEAST_HASH } from "../least-hash.ts";
import type { Plan } from "../phase.ts";
import type { Policy } from "../policy.ts";
import type { Refusal } from "../refusal.ts";
import { startReadyBuilds } from "../start-wanted.ts";
import type { State } from "../state.ts";
import type { TriggerOf } from "../trigger.ts";
import { findLease, planWork } from "../work-key.ts";

const definition = {
  name: "approve",
  summary: "Approve the plan with this hash, so that it is built",
  usage: "/approve <hash> [--unvalidated]",
  role: "write",
  options: ["unvalidated"],
  flags: ["unvalidated"],
  arguments: { least: 0, most: 1 },
} as const;

/** The hash must name the current plan and no other one that could be meant. */
function checkHash(state: State, plan: Plan, given: string | undefined): Refusal | null {
  const line = approvalLine(plan);
  if (given === undefined) return { reason: "hash-missing", line };
  const prefix = given.toLowerCase();
  const names = (known: Plan | null): boolean =>
    known?.hash.toLowerCase().startsWith(prefix) ?? false;
  if (prefix.length < LEAST_HASH || !names(plan)) return { reason: "hash-mismatch", given, line };
  const others = Object.values(state.explorations).filter(
    (other) => other.plan?.hash !== plan.hash && names(other.plan),
  );
  if (others.length === 0) return null;
  return { reason: "hash-ambiguous", given, line: `/approve ${plan.hash}` };
}

/** A verdict on this very plan is needed first, unless a maintainer says in so many words that it is not. */
function checkValidation(state: State, plan: Plan, policy: Policy): Refusal | null {
  if (!policy.approval.requireValidation) return null;
  const line = `${approvalLine(plan)} --unvalidated`;
  const verdict = state.validation?.planHash === plan.hash ? state.validation : null;
  if (!verdict) {
    const running = findLease(state, planWork(state, "validate", null)) !== undefined;
    return { reason: "not-validated", hash: plan.hash, running, line };
  }
  if (verdict.verdict === "ready") return null;
  return { reason: "validation-blocks", verdict: verdict.verdict, report: verdict.report, line };
}

function checkApproval(
  state: State,
  trigger: TriggerOf<"command">,
  policy: Policy,
  plan: Plan,
): Refusal | null {
  const { actor, command, comment } = trigger;
  const hash = checkHash(state, plan, command.positional[0]);
  if (hash) return hash;
  if (comment.edited) return { reason: "comment-edited", line: approvalLine(plan) };
  if (plan.policyVersion !== policy.version) {
    return { reason: "policy-changed", planned: plan.policyVersion, current: policy.version };
  }
  if (!policy.approval.requesterMayApprove && actor.id === state.feature?.requester.id) {
    return { reason: "requester-may-not-approve", login: actor.login };
  }
  if (command.options.unvalidated === undefined) return checkValidation(state, plan, policy);
  return mayOverride(actor.role)
    ? null
    : { reason: "unvalidated-needs-maintainer", role: actor.role };
}

function recordApproval(draft: Draft, trigger: TriggerOf<"command">, plan: Plan): Refusal | null {
  const { actor: by, comment, command } = trigger;
  const { policy } = draft;
  const unvalidated = command.options.unvalidated !== undefined;
  // Only to overrule a verdict that came later is there a reason to approve again.
  const repeats = draft.state.approvals.some(
    (before) => before.actorId === by.id && (before.unvalidated || !unvalidated),
  );
  if (repeats) {
    const have = countApprovals(draft.state, trigger, policy);
    const needs = policy.approval.quorum;
    return { reason: "already-approved", login: by.login, have, needs };
  }
  const planHash = plan.hash;
  record(draft, { type: "PlanApproved", planHash, comment: comment.id, unvalidated, by });
  return null;
}

/** Approval of the current plan by its hash, in a fresh comment of somebody allowed. The quorum starts the builds. */
export const approve: CommandHandler = {
  definition,
  authorise(_, { actor }, policy) {
    if (actor.kind !== "person") return { reason: "not-a-person", login: actor.login };
    const needs = policy.approval.roles;
    if (actor.role !== "none" && needs.includes(actor.role)) return null;
    return { reason: "role-too-low", action: "/approve", role: actor.role, needs };
  },
  decide(state, trigger, policy) {
    if (state.status === "absent") return refuse({ reason: "no-feature", label: policy.label });
    if (state.status === "cancelled") return refuse({ reason: "cancelled" });
    if (state.status === "completed") return refuse({ reason: "completed" });
    const { plan } = state;
    if (!plan) return refuse({ reason: "no-plan", explorations: listPlanned(state) });
    const refusal = checkApproval(state, trigger, policy, plan);
    if (refusal) return refuse(refusal);
    const draft = openDraft(state, trigger, policy);
    voidDecayedApprovals(draft);
    const repeated = recordApproval(draft, trigger, plan);
    if (repeated) return refuse(repeated);
    cancelUnapprovedBuilds(draft);
    const approved = checkApproved(draft.state, trigger, policy) === null;
    if (approved && policy.automatic.build) startReadyBuilds(draft);
    return accept(draft);
  },
};
