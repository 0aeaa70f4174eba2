import { fail, type Result, succeed } from "../shared/result.ts";
import { renderView } from "../view/render-view.ts";
import type { Lease } from "../workflow/phase.ts";
import type { Refusal } from "../workflow/refusal.ts";
import type { Trigger } from "../workflow/trigger.ts";
import { type Applied, applyTrigger } from "./apply-trigger.ts";
import type { House } from "./house.ts";
import type { Feature } from "./load-feature.ts";
import { reserveDay, settleDay } from "./reserve-day.ts";
import { type LeaseResult, runLease } from "./run-lease.ts";

/** Where a trigger led, when nothing more runs by itself. */
export type Conducted = { feature: Feature; refusal: Refusal | null };

async function show(house: House, feature: Feature): Promise<Result<void>> {
  const { events, documents, state, issue } = feature;
  const view = renderView({ issue, state, events, documents, policy: house.policy });
  const shown = await house.forge.reconcile(view);
  return shown.ok ? succeed(undefined) : shown;
}

/** Runs a leased phase within the day's budget; a day that is used up is a result like any other. */
async function carryOut(
  house: House,
  feature: Feature,
  lease: Lease,
): Promise<Result<LeaseResult>> {
  const reserved = await reserveDay(house, lease);
  if (!reserved.ok && reserved.failure.reason !== "over-budget") return reserved;
  if (!reserved.ok) {
    const { failure } = reserved;
    const outcome = {
      kind: "failed" as const,
      reason: failure.reason,
      failure,
      step: null,
      work: null,
    };
    return succeed({ outcome, documents: {}, spent: [] });
  }
  const result = await runLease(house, feature, lease);
  // A day that cannot be settled keeps the reservation, which counts as spent: no reason to lose the work.
  await settleDay(house, lease, result.spent);
  return succeed(result);
}

async function finish(house: House, feature: Feature, lease: Lease): Promise<Result<Applied>> {
  const result = await carryOut(house, feature, lease);
  if (!result.ok) return result;
  const { outcome, documents, spent } = result.value;
  const trigger: Trigger = {
    kind: "run-finished",
    source: `run:${lease.nonce}`,
    at: house.now().toISOString(),
    runId: house.runId,
    nonce: lease.nonce,
    lease,
    outcome,
    spent,
  };
  return await applyTrigger(house, feature.issue, trigger, documents, feature.head ?? undefined);
}

const isLive = (feature: Feature, lease: Lease): boolean =>
  feature.state.leases.some((live) => live.nonce === lease.nonce);

/**
 * The conductor: decides a trigger, shows the result, runs the phases whose leases it took, and goes on with
 * what their ends start, until the feature waits for a person. A crash anywhere is mended by the next call:
 * the ledger holds the lease, the clock finds it dead.
 */
export async function conduct(
  house: House,
  issue: number,
  trigger: Trigger,
  documents: Readonly<Record<string, string>> = {},
): Promise<Result<Conducted>> {
  const first = await applyTrigger(house, issue, trigger, documents);
  if (!first.ok) return first;
  let feature = first.value.feature;
  const queue: Lease[] = [...first.value.started];
  const shown = await show(house, feature);
  if (!shown.ok) return fail(shown.failure);
  for (let lease = queue.shift(); lease; lease = queue.shift()) {
    // A lease that was cancelled while it waited its turn is not worth a model call.
    if (!isLive(feature, lease)) continue;
    const next = await finish(house, feature, lease);
    if (!next.ok) return next;
    feature = next.value.feature;
    queue.push(...next.value.started);
    const again = await show(house, feature);
    if (!again.ok) return again;
  }
  return succeed({ feature, refusal: first.value.refusal });
}
