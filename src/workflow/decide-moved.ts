import { accept, type Decision, openDraft, record, refuse } from "./draft.ts";
import { cancelLeases } from "./end-leases.ts";
import type { Policy } from "./policy.ts";
import type { State } from "./state.ts";
import type { TriggerOf } from "./trigger.ts";

/** The issue or the branch that the work goes into is another one now: whatever runs ends, and the machine asks. */
export function decideMoved(state: State, trigger: TriggerOf<"moved">, policy: Policy): Decision {
  if (state.status === "absent") return refuse({ reason: "no-feature", label: policy.label });
  if (state.status === "cancelled") return refuse({ reason: "cancelled" });
  if (state.status === "completed") return refuse({ reason: "completed" });
  const draft = openDraft(state, trigger, policy);
  cancelLeases(draft, () => true);
  if (state.status !== "paused") record(draft, { type: "FeaturePaused", why: trigger.what });
  if (draft.events.length > 0) return accept(draft);
  return refuse({ reason: "nothing-to-do", what: "it is paused already, and nothing runs" });
}
