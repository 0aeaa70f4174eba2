import { accept, type Decision, openDraft, record, refuse } from "./draft.ts";
import type { Policy } from "./policy.ts";
import type { State } from "./state.ts";
import type { TriggerOf } from "./trigger.ts";

/** Names the run of a live lease. A lease that is over has none to name. */
export function decideRunClaimed(
  state: State,
  trigger: TriggerOf<"run-claimed">,
  policy: Policy,
): Decision {
  const { nonce, claimedBy } = trigger;
  const lease = state.leases.find((live) => live.nonce === nonce);
  if (!lease) return refuse({ reason: "nothing-to-do", what: "the lease is over" });
  if (lease.runId === claimedBy) {
    return refuse({ reason: "nothing-to-do", what: "the run holds the lease already" });
  }
  const draft = openDraft(state, trigger, policy);
  record(draft, { type: "LeaseClaimed", nonce, runId: claimedBy });
  return accept(draft);
}
