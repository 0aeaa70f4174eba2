import { listPlanned } from "./approvals.ts";
import { checkActor } from "./check-actor.ts";
import { accept, type Decision, openDraft, refuse } from "./draft.ts";
import type { Policy } from "./policy.ts";
import { postPlan, validateAutomatically } from "./post-plan.ts";
import type { State } from "./state.ts";
import type { TriggerOf } from "./trigger.ts";

/** A person's edit of a posted document is a new revision: never overwritten, never refused because work runs. */
export function decideDocumentEdited(
  state: State,
  trigger: TriggerOf<"document-edited">,
  policy: Policy,
): Decision {
  const { actor, document, plan } = trigger;
  const refusal = checkActor(actor, `edit of ${document}`, "write");
  if (refusal) return refuse(refusal);
  if (state.status === "absent") return refuse({ reason: "no-feature", label: policy.label });
  if (state.status === "cancelled") return refuse({ reason: "cancelled" });
  if (!state.plan) return refuse({ reason: "no-plan", explorations: listPlanned(state) });
  if (state.plan.hash === plan.hash) return refuse({ reason: "plan-unchanged", hash: plan.hash });
  const draft = openDraft(state, trigger, policy);
  const exploration = state.selected;
  postPlan(draft, { exploration, plan, estimate: null, origin: "person", by: actor });
  validateAutomatically(draft);
  return accept(draft);
}
