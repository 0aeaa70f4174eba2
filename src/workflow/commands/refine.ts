import { listPlanned } from "../approvals.ts";
import type { CommandHandler } from "../command-handler.ts";
import { acceptUnless, openDraft, record, refuse } from "../draft.ts";
import { startPhase } from "../start-phase.ts";

const definition = {
  name: "refine",
  summary: "Change the plan: say in your own words what should be different",
  usage: "/refine <what should change>",
  role: "triage",
  options: [],
  arguments: { least: 1, most: Number.POSITIVE_INFINITY },
} as const;

export const refine: CommandHandler = {
  definition,
  decide(state, trigger, policy) {
    const { actor: by, command } = trigger;
    const text = command.rest.trim();
    if (state.status === "absent") return refuse({ reason: "no-feature", label: policy.label });
    if (state.status === "cancelled") return refuse({ reason: "cancelled" });
    if (!state.plan) return refuse({ reason: "no-plan", explorations: listPlanned(state) });
    if (!text) {
      const { name, usage } = definition;
      return refuse({ reason: "bad-arguments", name, usage, detail: "it says nothing to change" });
    }
    const draft = openDraft(state, trigger, policy);
    const exploration = state.selected;
    record(draft, { type: "RefinementRequested", exploration, text, by });
    return acceptUnless(draft, startPhase(draft, { phase: "design", spec: null, exploration }));
  },
};
