import { completeFeature } from "./complete-feature.ts";
import { accept, type Decision, openDraft, record, refuse } from "./draft.ts";
import { cancelLeases } from "./end-leases.ts";
import { findOwn } from "./find-own.ts";
import type { Policy } from "./policy.ts";
import { listSpecs } from "./start-phase.ts";
import { startReadyBuilds } from "./start-wanted.ts";
import type { State } from "./state.ts";
import type { TriggerOf } from "./trigger.ts";

/** Merged: the spec is done, and what depends on it can begin. Closed unmerged: the machine stops and asks. */
export function decidePullRequestClosed(
  state: State,
  trigger: TriggerOf<"pull-request-closed">,
  policy: Policy,
): Decision {
  const { actor, spec, merged } = trigger;
  if (state.status === "absent") return refuse({ reason: "no-feature", label: policy.label });
  if (state.status === "cancelled") return refuse({ reason: "cancelled" });
  const known = listSpecs(state);
  const found = findOwn(state.specs, spec);
  if (!found || !known.includes(spec)) return refuse({ reason: "unknown-spec", spec, known });
  if (found.result === "merged") {
    return refuse({ reason: "spec-finished", spec, result: "merged" });
  }
  const draft = openDraft(state, trigger, policy);
  cancelLeases(draft, (lease) => lease.spec === spec);
  record(draft, { type: "PullRequestClosed", spec, merged, by: actor });
  if (merged) {
    completeFeature(draft);
    if (draft.state.status === "open" && policy.automatic.build) startReadyBuilds(draft);
  } else if (state.status !== "paused") {
    record(draft, { type: "FeaturePaused", why: "pull-request-closed" });
  }
  return accept(draft);
}
