import { fail, type Result, succeed } from "../shared/result.ts";
import type { Lease } from "../workflow/phase.ts";
import type { Refusal } from "../workflow/refusal.ts";
import type { Trigger } from "../workflow/trigger.ts";
import { acceptTrigger } from "./accept-trigger.ts";
import type { House } from "./house.ts";
import type { Feature } from "./load-feature.ts";
import { publishResult } from "./publish-result.ts";
import { runLease } from "./run-lease.ts";

/** Where a trigger led, when nothing more runs by itself. */
export type Conducted = { feature: Feature; refusal: Refusal | null };

const isLive = (feature: Feature, lease: Lease): boolean =>
  feature.state.leases.some((live) => live.nonce === lease.nonce);

/**
 * The conductor where one process does everything: decides a trigger, runs the phases whose leases it took, publishes their
 * results, and goes on with what these start, until the feature waits for a person. A crash anywhere is mended by the next call:
 * the ledger holds the lease, the clock finds it dead.
 */
export async function conduct(
  house: House,
  issue: number,
  trigger: Trigger,
  documents: Readonly<Record<string, string>> = {},
): Promise<Result<Conducted>> {
  const first = await acceptTrigger(house, issue, trigger, documents);
  if (!first.ok) return first;
  if (first.value.shown) return fail(first.value.shown);
  let { feature } = first.value;
  const queue: Lease[] = [...first.value.started];
  for (let lease = queue.shift(); lease; lease = queue.shift()) {
    // A lease that was cancelled while it waited its turn is not worth a model call.
    if (!isLive(feature, lease)) continue;
    const result = await runLease(house, feature, lease);
    const next = await publishResult(house, feature, lease, result);
    if (!next.ok) return next;
    if (next.value.shown) return fail(next.value.shown);
    feature = next.value.feature;
    queue.push(...next.value.started);
  }
  return succeed({ feature, refusal: first.value.refusal });
}
