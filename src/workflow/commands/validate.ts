import { listPlanned } from "../approvals.ts";
import type { CommandHandler } from "../command-handler.ts";
import { acceptUnless, openDraft, record, refuse } from "../draft.ts";
import { checkOpen, startPhase } from "../start-phase.ts";
import { planWork } from "../work-key.ts";

const definition = {
  name: "validate",
  summary: "Check every claim of the plan against the code",
  usage: "/validate",
  role: "triage",
  options: [],
  arguments: { least: 0, most: 0 },
} as const;

export const validate: CommandHandler = {
  definition,
  decide(state, trigger, policy) {
    const closed = checkOpen(state, policy.label);
    if (closed) return refuse(closed);
    if (!state.plan) return refuse({ reason: "no-plan", explorations: listPlanned(state) });
    const draft = openDraft(state, trigger, policy);
    record(draft, { type: "ValidationRequested", planHash: state.plan.hash, by: trigger.actor });
    return acceptUnless(draft, startPhase(draft, planWork(state, "validate", null)));
  },
};
