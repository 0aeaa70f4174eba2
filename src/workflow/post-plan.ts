import { voidAllApprovals } from "./approvals.ts";
import { type Draft, record } from "./draft.ts";
import { cancelLeases } from "./end-leases.ts";
import { findOwn } from "./find-own.ts";
import type { Estimate, Plan } from "./phase.ts";
import type { Actor } from "./role.ts";
import { startOrPause } from "./start-wanted.ts";
import { planWork } from "./work-key.ts";

type NewPlan = {
  exploration: string;
  plan: Plan;
  estimate: Estimate | null;
  origin: "architect" | "validator" | "person";
  by: Actor | null;
};

/**
 * A new revision of an exploration's plan. If it is the feature's plan, approvals are void and work on the
 * old one ends. A person's words win over a design that was begun before them.
 */
export function postPlan(draft: Draft, posted: NewPlan): void {
  const { exploration, plan, origin } = posted;
  const revision = (findOwn(draft.state.explorations, exploration)?.revision ?? 0) + 1;
  if (exploration === draft.state.selected) {
    voidAllApprovals(draft);
    cancelLeases(draft, (lease) => lease.phase !== "design" && lease.phase !== "ask");
  }
  if (origin === "person") {
    cancelLeases(draft, (lease) => lease.phase === "design" && lease.exploration === exploration);
  }
  record(draft, { type: "PlanPosted", ...posted, plan: { ...plan, revision } });
}

/** Checks the feature's plan by itself, where the policy says so and nobody has checked this very plan. */
export function validateAutomatically(draft: Draft): void {
  const { state, policy } = draft;
  if (!policy.automatic.validate || !state.plan || state.validation) return;
  startOrPause(draft, planWork(state, "validate", null));
}
