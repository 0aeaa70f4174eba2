import type { Failure } from "../shared/failure.ts";
import { type Result, succeed } from "../shared/result.ts";
import type { Lease } from "../workflow/phase.ts";
import type { Refusal } from "../workflow/refusal.ts";
import type { Trigger } from "../workflow/trigger.ts";
import { applyTrigger } from "./apply-trigger.ts";
import type { House } from "./house.ts";
import type { Feature } from "./load-feature.ts";
import type { Settlement } from "./reserve-day.ts";
import { reserveLeases } from "./reserve-leases.ts";
import { showFeature } from "./show-feature.ts";

/**
 * What came of a trigger: the feature as it stands, why it was refused if it was, and the leases that now wait to be run.
 * `shown` tells why the thread could not be brought up to date; the ledger is right all the same, and the next reconcile
 * mends the thread.
 */
export type Accepted = {
  feature: Feature;
  refusal: Refusal | null;
  started: readonly Lease[];
  notes: readonly string[];
  shown: Failure | null;
};

/**
 * The first half of the conductor: decides a trigger, appends what follows, reserves the day's money of the leases that were
 * taken, and shows the result. What the lease before has cost is settled with them. Needs no model. What started is run by `runLease`, here or in another job.
 */
export async function acceptTrigger(
  house: House,
  issue: number,
  trigger: Trigger,
  documents: Readonly<Record<string, string>> = {},
  contains?: string,
  settlement: Settlement | null = null,
): Promise<Result<Accepted>> {
  const applied = await applyTrigger(house, issue, trigger, documents, contains);
  if (!applied.ok) return applied;
  const reserved = await reserveLeases(house, applied.value, settlement);
  if (!reserved.ok) return reserved;
  const { feature, refusal, started } = reserved.value;
  const shown = await showFeature(house, feature);
  return succeed({
    feature,
    refusal,
    started,
    notes: shown.ok ? shown.value.notes : [],
    shown: shown.ok ? null : shown.failure,
  });
}
