import { voidDecayedApprovals } from "./approvals.ts";
import type { Draft } from "./draft.ts";
import { cancelUnapprovedBuilds } from "./end-leases.ts";
import { findOwn } from "./find-own.ts";
import type { WorkKey } from "./phase.ts";
import { startPhase } from "./start-phase.ts";
import { startOrPause } from "./start-wanted.ts";
import { renderWorkKey, toWorkKey } from "./work-key.ts";

/** Starts work again whose failure is likely to pass, as often as the policy allows; then a person must ask. */
export function retryAutomatically(draft: Draft, key: WorkKey): void {
  const failures = findOwn(draft.state.failures, renderWorkKey(key)) ?? 0;
  if (failures > draft.policy.maxAutomaticRetries) return;
  if (key.phase === "ask") {
    // Without money for it the question stays open; the feature goes on.
    startPhase(draft, toWorkKey(key));
    return;
  }
  voidDecayedApprovals(draft);
  cancelUnapprovedBuilds(draft);
  startOrPause(draft, toWorkKey(key));
}
