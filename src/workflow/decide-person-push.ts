import { accept, type Decision, openDraft, record, refuse } from "./draft.ts";
import { cancelLeases } from "./end-leases.ts";
import { findOwn } from "./find-own.ts";
import type { Policy } from "./policy.ts";
import { listSpecs } from "./start-phase.ts";
import type { State } from "./state.ts";
import type { TriggerOf } from "./trigger.ts";

/** Somebody else's commits on the branch: a fact, whoever made them. The machine stops and asks. */
export function decidePersonPush(
  state: State,
  trigger: TriggerOf<"person-push">,
  policy: Policy,
): Decision {
  const { actor, spec, branch, head } = trigger;
  if (state.status === "absent") return refuse({ reason: "no-feature", label: policy.label });
  if (state.status === "cancelled") return refuse({ reason: "cancelled" });
  const known = listSpecs(state);
  if (!known.includes(spec)) return refuse({ reason: "unknown-spec", spec, known });
  if (findOwn(state.specs, spec)?.result === "merged") {
    return refuse({ reason: "nothing-to-do", what: `${spec} is merged` });
  }
  const draft = openDraft(state, trigger, policy);
  cancelLeases(draft, (lease) => lease.spec === spec);
  record(draft, { type: "PersonPushed", spec, branch, head, by: actor });
  if (state.status !== "paused") record(draft, { type: "FeaturePaused", why: "person-push" });
  return accept(draft);
}
