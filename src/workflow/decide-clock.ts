import { accept, type Decision, openDraft, record, refuse } from "./draft.ts";
import type { Lease } from "./phase.ts";
import type { Policy } from "./policy.ts";
import { retryAutomatically } from "./retry-automatically.ts";
import type { State } from "./state.ts";
import type { TriggerOf } from "./trigger.ts";
import { toWorkKey } from "./work-key.ts";

function ending(lease: Lease, trigger: TriggerOf<"clock">): "run-gone" | "timed-out" | null {
  if (trigger.dead.includes(lease.nonce)) return "run-gone";
  return Date.parse(lease.expiresAt) <= Date.parse(trigger.at) ? "timed-out" : null;
}

/** Ends leases whose run is gone or whose time is over. What they had reserved counts as spent. */
export function decideClock(state: State, trigger: TriggerOf<"clock">, policy: Policy): Decision {
  const draft = openDraft(state, trigger, policy);
  const gone: Lease[] = [];
  for (const lease of state.leases) {
    const why = ending(lease, trigger);
    if (!why) continue;
    record(draft, { type: "LeaseExpired", nonce: lease.nonce, key: toWorkKey(lease), why });
    if (why === "run-gone") gone.push(lease);
  }
  for (const lease of gone) retryAutomatically(draft, lease);
  if (draft.events.length > 0) return accept(draft);
  return refuse({ reason: "nothing-to-do", what: "no lease is over" });
}
