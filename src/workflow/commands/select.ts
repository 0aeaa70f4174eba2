import { listPlanned, voidAllApprovals } from "../approvals.ts";
import type { CommandHandler } from "../command-handler.ts";
import { accept, openDraft, record, refuse } from "../draft.ts";
import { cancelLeases } from "../end-leases.ts";
import { validateAutomatically } from "../post-plan.ts";
import { checkOpen } from "../start-phase.ts";

const definition = {
  name: "select",
  summary: "Take the plan of another exploration",
  usage: "/select <exploration>",
  role: "write",
  options: [],
  arguments: { least: 1, most: 1 },
} as const;

export const select: CommandHandler = {
  definition,
  decide(state, trigger, policy) {
    const { actor: by, command } = trigger;
    const closed = checkOpen(state, policy.label);
    if (closed) return refuse(closed);
    const exploration = command.positional[0] ?? "";
    const known = listPlanned(state);
    if (!known.includes(exploration)) {
      return refuse({ reason: "unknown-exploration", exploration, known });
    }
    if (exploration === state.selected) return refuse({ reason: "already-selected", exploration });
    const draft = openDraft(state, trigger, policy);
    voidAllApprovals(draft);
    cancelLeases(draft, (lease) => lease.phase !== "design" && lease.phase !== "ask");
    record(draft, { type: "ExplorationSelected", exploration, by });
    validateAutomatically(draft);
    return accept(draft);
  },
};
