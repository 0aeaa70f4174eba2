import { checkActor } from "./check-actor.ts";
import { acceptUnless, type Decision, openDraft, record, refuse } from "./draft.ts";
import { openFeature } from "./open-feature.ts";
import type { Policy } from "./policy.ts";
import { startPhase } from "./start-phase.ts";
import type { State } from "./state.ts";
import type { TriggerOf } from "./trigger.ts";

/** The label asks for a design, once. The one who set it must be allowed to: a template can set it for anybody. */
export function decideLabeled(
  state: State,
  trigger: TriggerOf<"labeled">,
  policy: Policy,
): Decision {
  const { actor, label, issue } = trigger;
  if (label !== policy.label) return refuse({ reason: "other-label", label });
  const refusal = checkActor(actor, `label ${label}`, policy.commandRoles.design ?? "triage");
  if (refusal) return refuse(refusal);
  if (state.status === "cancelled") return refuse({ reason: "cancelled" });
  if (state.status !== "absent") return refuse({ reason: "already-open", label });
  const draft = openDraft(state, trigger, policy);
  openFeature(draft, issue, actor);
  if (!policy.automatic.design) return acceptUnless(draft, null);
  const exploration = draft.state.selected;
  record(draft, { type: "DesignRequested", exploration, assume: false, by: actor });
  return acceptUnless(draft, startPhase(draft, { phase: "design", spec: null, exploration }));
}
