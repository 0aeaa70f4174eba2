import { voidDecayedApprovals } from "../approvals.ts";
import type { CommandHandler } from "../command-handler.ts";
import { completeFeature } from "../complete-feature.ts";
import { accept, openDraft, record, refuse } from "../draft.ts";
import { cancelUnapprovedBuilds } from "../end-leases.ts";
import { startReadyBuilds, startWanted } from "../start-wanted.ts";

const definition = {
  name: "continue",
  summary: "Go on after a pause: your push is reviewed, a raised budget is used",
  usage: "/continue",
  role: "write",
  options: [],
  arguments: { least: 0, most: 0 },
} as const;

export const continueCommand: CommandHandler = {
  definition,
  decide(state, trigger, policy) {
    if (state.status === "absent") return refuse({ reason: "no-feature", label: policy.label });
    if (state.status === "cancelled") return refuse({ reason: "cancelled" });
    if (state.status !== "paused") return refuse({ reason: "not-paused" });
    const draft = openDraft(state, trigger, policy);
    record(draft, { type: "FeatureResumed", by: trigger.actor });
    completeFeature(draft);
    if (draft.state.status !== "open") return accept(draft);
    voidDecayedApprovals(draft);
    cancelUnapprovedBuilds(draft);
    const starts = draft.state.leases.length;
    const short = startWanted(draft).find(({ reason }) => reason === "over-budget");
    // Resuming without money would pause again at once: say so instead.
    if (short && draft.state.leases.length === starts) return refuse(short);
    if (policy.automatic.build && !short) startReadyBuilds(draft);
    return accept(draft);
  },
};
