import type { Result } from "../shared/result.ts";
import type { Lease } from "../workflow/phase.ts";
import { type Accepted, acceptTrigger } from "./accept-trigger.ts";
import { finishTrigger } from "./finish-trigger.ts";
import type { House } from "./house.ts";
import type { Feature } from "./load-feature.ts";
import { publishWhileLive } from "./publish-while-live.ts";
import { settlementOf } from "./reserve-day.ts";
import type { LeaseResult } from "./run-lease.ts";

/**
 * The second half of the conductor: moves the branch to what was built as long as the lease is held, settles the money, appends
 * the end of the phase and its documents, shows it, and takes the leases that follow. Fenced on the nonce; doing it again
 * changes nothing.
 */
export async function publishResult(
  house: House,
  feature: Feature,
  lease: Lease,
  result: LeaseResult,
): Promise<Result<Accepted>> {
  const outcome =
    result.outcome.kind === "built"
      ? await publishWhileLive(house, feature, lease, result.outcome)
      : result.outcome;
  const trigger = finishTrigger(house, lease, { outcome, spent: result.spent });
  return await acceptTrigger(
    house,
    feature.issue,
    trigger,
    result.documents,
    feature.head ?? undefined,
    settlementOf(lease, result.spent),
  );
}
