import type { Failure } from "../shared/failure.ts";
import { type Result, succeed } from "../shared/result.ts";
import type { Lease } from "../workflow/phase.ts";
import { type Applied, applyTrigger } from "./apply-trigger.ts";
import { finishTrigger } from "./finish-trigger.ts";
import type { House } from "./house.ts";
import { reserveDay, type Settlement, settleDay } from "./reserve-day.ts";

/** The end of a lease that never ran. */
const failedStart = (failure: Failure) => ({
  outcome: {
    kind: "failed" as const,
    reason: failure.reason,
    failure,
    step: null,
    work: null,
  },
  spent: [],
});

/**
 * Reserves the day's money for every lease that was just taken. One that does not fit ends at once as over budget: a day that is
 * used up is a result like any other, told in the thread, and what its end starts is reserved in turn. What the lease before has cost is
 * settled with the first of them, or by itself where there is none.
 */
export async function reserveLeases(
  house: House,
  applied: Applied,
  settlement: Settlement | null = null,
): Promise<Result<Applied>> {
  let open = settlement;
  let { feature } = applied;
  const started: Lease[] = [];
  const waiting = [...applied.started];
  for (let lease = waiting.shift(); lease; lease = waiting.shift()) {
    const { settled, reserved } = await reserveDay(house, lease, open);
    if (settled) open = null;
    if (reserved.ok) {
      started.push(lease);
      continue;
    }
    if (reserved.failure.reason !== "over-budget") return reserved;
    const trigger = finishTrigger(house, lease, failedStart(reserved.failure));
    const ended = await applyTrigger(house, feature.issue, trigger, {}, feature.head ?? undefined);
    if (!ended.ok) return ended;
    feature = ended.value.feature;
    waiting.push(...ended.value.started);
  }
  // A day that cannot be settled keeps the reservation, which counts as spent: no reason to lose the work.
  if (open) await settleDay(house, open);
  return succeed({ ...applied, feature, started });
}
