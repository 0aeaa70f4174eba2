import { checkActor } from "./check-actor.ts";
import { accept, type Decision, openDraft, refuse } from "./draft.ts";
import { findOwn } from "./find-own.ts";
import type { Policy } from "./policy.ts";
import { recordPersonReview } from "./record-person-review.ts";
import { listSpecs } from "./start-phase.ts";
import type { State } from "./state.ts";
import type { TriggerOf } from "./trigger.ts";

/** A person's own review: requested changes become a fix round, within the same limit as the machine's. */
export function decidePersonReview(
  state: State,
  trigger: TriggerOf<"person-review">,
  policy: Policy,
): Decision {
  const { actor, spec, head, findings, state: verdict } = trigger;
  const changes = verdict === "changes-requested";
  if (actor.kind !== "person" && verdict === "approved") {
    return refuse({ reason: "not-a-person", login: actor.login });
  }
  const refusal = checkActor(actor, `review of ${spec}`, changes ? "write" : "read");
  if (refusal) return refuse(refusal);
  if (state.status === "absent") return refuse({ reason: "no-feature", label: policy.label });
  if (state.status === "cancelled") return refuse({ reason: "cancelled" });
  const known = listSpecs(state);
  const found = findOwn(state.specs, spec);
  if (!found || !known.includes(spec)) return refuse({ reason: "unknown-spec", spec, known });
  if (!found.build) return refuse({ reason: "not-built", spec });
  const draft = openDraft(state, trigger, policy);
  recordPersonReview(draft, { spec, state: verdict, head, findings, by: actor });
  return accept(draft);
}
