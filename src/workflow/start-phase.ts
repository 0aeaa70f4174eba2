import { createHash } from "node:crypto";
import { checkApproved } from "./approvals.ts";
import { type Draft, record } from "./draft.ts";
import { findOwn } from "./find-own.ts";
import type { WorkKey } from "./phase.ts";
import { planReservation } from "./plan-reservation.ts";
import type { Refusal } from "./refusal.ts";
import type { State } from "./state.ts";
import { findLease, renderWorkKey, toWorkKey } from "./work-key.ts";

const MINUTE = 60_000;

/** Same trigger, same work, same attempt: same nonce. Nobody can tell it before the trigger has come. */
const makeNonce = (source: string, key: WorkKey, attempt: number): string =>
  createHash("sha256")
    .update(JSON.stringify([source, renderWorkKey(key), attempt]))
    .digest("hex");

function nextAttempt(state: State, key: WorkKey): number {
  const { phase, spec, exploration } = key;
  if (phase === "ask") return (findOwn(state.failures, renderWorkKey(key)) ?? 0) + 1;
  if (phase === "design") return (findOwn(state.explorations, exploration)?.attempts ?? 0) + 1;
  if (phase === "validate" || spec === null) return state.validations + 1;
  return (findOwn(state.specs, spec)?.attempts[phase] ?? 0) + 1;
}

/** Why no phase may start at all, whatever it is. */
export function checkOpen(state: State, label: string): Refusal | null {
  switch (state.status) {
    case "absent":
      return { reason: "no-feature", label };
    case "cancelled":
      return { reason: "cancelled" };
    case "completed":
      return { reason: "completed" };
    case "paused":
      return { reason: "paused", why: state.paused ?? "person-push" };
    case "open":
      return null;
  }
}

export const checkAskable = (state: State): Refusal | null =>
  state.status === "cancelled" ? { reason: "cancelled" } : null;

/** Why this work may not start now, apart from money. */
export function checkStart(draft: Draft, key: WorkKey): Refusal | null {
  const { state, trigger, policy } = draft;
  // A question is answered whatever the feature waits for, and also where there is none.
  const closed = key.phase === "ask" ? checkAskable(state) : checkOpen(state, policy.label);
  if (closed) return closed;
  if (findLease(state, key)) return { reason: "already-running", ...toWorkKey(key) };
  if (key.phase === "build") {
    return checkSpec(state, key.spec) ?? checkApproved(state, trigger, policy);
  }
  return key.phase === "review" ? checkReview(state, key.spec) : null;
}

export const listSpecs = (state: State): string[] => state.plan?.specs.map(({ id }) => id) ?? [];

/** Specs that must be accepted before this one is built, and are not. */
export function listOpenDependencies(state: State, spec: string): string[] {
  const planned = state.plan?.specs.find(({ id }) => id === spec);
  return (planned?.dependsOn ?? []).filter((id) => {
    const result = findOwn(state.specs, id)?.result;
    return result !== "accepted" && result !== "merged";
  });
}

function checkSpec(state: State, spec: string | null): Refusal | null {
  const known = listSpecs(state);
  const found = spec === null ? undefined : findOwn(state.specs, spec);
  if (spec === null || !found || !known.includes(spec)) {
    return { reason: "unknown-spec", spec: spec ?? "", known };
  }
  if (found.result !== "open") return { reason: "spec-finished", spec, result: found.result };
  if (found.build && !found.fixing) return { reason: "already-built", spec };
  const review = findLease(state, { phase: "review", spec, exploration: state.selected });
  if (review) return { reason: "already-running", ...toWorkKey(review) };
  const waitsFor = listOpenDependencies(state, spec);
  return waitsFor.length > 0 ? { reason: "dependency-open", spec, waitsFor } : null;
}

function checkReview(state: State, spec: string | null): Refusal | null {
  const known = listSpecs(state);
  const found = spec === null ? undefined : findOwn(state.specs, spec);
  if (spec === null || !found || !known.includes(spec)) {
    return { reason: "unknown-spec", spec: spec ?? "", known };
  }
  if (found.result !== "open" && found.result !== "exhausted") {
    return { reason: "spec-finished", spec, result: found.result };
  }
  const build = findLease(state, { phase: "build", spec, exploration: state.selected });
  if (build) return { reason: "already-running", ...toWorkKey(build) };
  return found.build ? null : { reason: "not-built", spec };
}

/**
 * Takes the lease of a phase and reserves its money, or says why not; then nothing is recorded. A build needs, at
 * this moment, enough proved approvals of the current plan; no work has two live leases; no start passes the cap.
 */
export function startPhase(draft: Draft, key: WorkKey): Refusal | null {
  const refusal = checkStart(draft, key);
  if (refusal) return refusal;
  const { state, trigger, policy } = draft;
  const money = planReservation(state, policy, key.phase);
  if (!money.ok) return money.refusal;
  const attempt = nextAttempt(state, key);
  const spec = key.spec === null ? undefined : findOwn(state.specs, key.spec);
  const expires = Date.parse(trigger.at) + policy.leaseMinutes * MINUTE;
  const lease = {
    ...toWorkKey(key),
    nonce: makeNonce(trigger.source, key, attempt),
    attempt,
    round: spec?.round ?? 0,
    runId: trigger.runId,
    startedAt: trigger.at,
    expiresAt: new Date(expires).toISOString(),
    reserved: money.reserved,
  };
  record(draft, { type: "PhaseStarted", lease });
  return null;
}
