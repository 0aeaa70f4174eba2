import type { CommandHandler } from "../command-handler.ts";
import { accept, openDraft, record, refuse } from "../draft.ts";
import { cancelLeases } from "../end-leases.ts";

const definition = {
  name: "cancel",
  summary: "Stop everything; only /design opens it again",
  usage: "/cancel",
  role: "write",
  options: [],
  arguments: { least: 0, most: 0 },
} as const;

export const cancel: CommandHandler = {
  definition,
  decide(state, trigger, policy) {
    if (state.status === "absent") return refuse({ reason: "no-feature", label: policy.label });
    if (state.status === "cancelled") return refuse({ reason: "cancelled" });
    const draft = openDraft(state, trigger, policy);
    cancelLeases(draft, () => true);
    record(draft, { type: "FeatureCancelled", by: trigger.actor });
    return accept(draft);
  },
};
