import { Stop } from "../shared/stop.ts";
import type { Lease, PhaseOutcome } from "../workflow/phase.ts";
import type { House } from "./house.ts";
import { type Feature, loadFeature } from "./load-feature.ts";
import { publishBuild } from "./publish-build.ts";

type Built = Extract<PhaseOutcome, { kind: "built" }>;

/**
 * Moves the branch to what was built as long as the lease is held: a run that was cancelled or timed out meanwhile is
 * late, and its result is kept (the work stays at `refs/archwright/work/…`) and moves nothing.
 */
export async function publishWhileLive(
  house: House,
  feature: Feature,
  lease: Lease,
  outcome: Built,
): Promise<PhaseOutcome> {
  const { issue, head } = feature;
  const now = await loadFeature(house.ledger, issue, head ?? undefined);
  if (!now.ok) throw new Stop(now.failure);
  const live = now.value.state.leases.some(({ nonce }) => nonce === lease.nonce);
  return live ? await publishBuild(house.workspace, issue, lease, outcome) : outcome;
}
