import { listPlanned } from "../approvals.ts";
import type { CommandHandler } from "../command-handler.ts";
import { acceptUnless, openDraft, record, refuse } from "../draft.ts";
import { findOwn } from "../find-own.ts";
import { checkOpen, listSpecs, startPhase } from "../start-phase.ts";
import type { State } from "../state.ts";
import { planWork } from "../work-key.ts";

const definition = {
  name: "review",
  summary: "Score what was built, again if need be",
  usage: "/review [spec]",
  role: "write",
  options: [],
  arguments: { least: 0, most: 1 },
} as const;

/** Without a name: the first spec that waits for its review, else one that is exhausted, else the first at all. */
function findReviewable(state: State): string {
  const specs = listSpecs(state);
  const isBuilt = (id: string, result: "open" | "exhausted"): boolean => {
    const spec = findOwn(state.specs, id);
    const runs = state.leases.some((lease) => lease.spec === id);
    return spec?.build != null && !spec.fixing && !runs && spec.result === result;
  };
  return (
    specs.find((id) => isBuilt(id, "open")) ??
    specs.find((id) => isBuilt(id, "exhausted")) ??
    specs[0] ??
    ""
  );
}

export const review: CommandHandler = {
  definition,
  decide(state, trigger, policy) {
    const closed = checkOpen(state, policy.label);
    if (closed) return refuse(closed);
    if (!state.plan) return refuse({ reason: "no-plan", explorations: listPlanned(state) });
    const [named] = trigger.command.positional;
    const spec = named?.toUpperCase() ?? findReviewable(state);
    const draft = openDraft(state, trigger, policy);
    const refusal = startPhase(draft, planWork(state, "review", spec));
    if (refusal) return refuse(refusal);
    const asked = openDraft(state, trigger, policy);
    record(asked, { type: "ReviewRequested", spec, by: trigger.actor });
    return acceptUnless(asked, startPhase(asked, planWork(state, "review", spec)));
  },
};
