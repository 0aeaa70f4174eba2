import { applyOutcome } from "./apply-outcome.ts";
import { accept, type Decision, openDraft, record, refuse } from "./draft.ts";
import type { Lease, PhaseOutcome, Spend } from "./phase.ts";
import type { Policy } from "./policy.ts";
import type { State } from "./state.ts";
import type { TriggerOf } from "./trigger.ts";
import { toWorkKey } from "./work-key.ts";

const endings: Readonly<Record<Lease["phase"], readonly PhaseOutcome["kind"][]>> = {
  design: ["questions", "planned", "failed"],
  validate: ["validated", "failed"],
  build: ["built", "failed"],
  review: ["scored", "failed"],
  ask: ["answered", "failed"],
};

/** Cost of all roles: null as soon as one price is unknown; tokens are those whose price is unknown. */
function sumSpent(spent: readonly Spend[]): { micros: number | null; tokens: number } {
  const unknown = spent.filter((spend) => spend.micros === null);
  return {
    micros: unknown.length > 0 ? null : spent.reduce((sum, { micros }) => sum + (micros ?? 0), 0),
    tokens: unknown.reduce((sum, { input, output }) => sum + input + output, 0),
  };
}

/** A phase ended. Fenced on the nonce: without a live lease the result is kept, its money settled, and nothing applied. */
export function decideRunFinished(
  state: State,
  trigger: TriggerOf<"run-finished">,
  policy: Policy,
): Decision {
  if (!state.feature) return refuse({ reason: "no-feature", label: policy.label });
  const { nonce, outcome, spent } = trigger;
  const draft = openDraft(state, trigger, policy);
  const cost = { nonce, ...sumSpent(spent), spent: spent.map((spend) => ({ ...spend })) };
  const lease = state.leases.find((live) => live.nonce === nonce);
  if (!lease) {
    record(draft, { type: "LateResultKept", ...cost, key: toWorkKey(trigger.lease), outcome });
    return accept(draft);
  }
  if (!endings[lease.phase].includes(outcome.kind)) {
    return refuse({ reason: "outcome-mismatch", phase: lease.phase, outcome: outcome.kind });
  }
  record(draft, { type: "PhaseSettled", ...cost, key: toWorkKey(lease) });
  applyOutcome(draft, lease, outcome);
  return accept(draft);
}
