import { applyTrigger } from "../engine/apply-trigger.ts";
import type { Feature } from "../engine/load-feature.ts";
import type { Result } from "../shared/result.ts";
import { succeed } from "../shared/result.ts";
import type { Lease } from "../workflow/phase.ts";
import type { GitHubDoor } from "./github-door.ts";
import { type ActionsRun, nameRun } from "./name-run.ts";

/** Says in the ledger which run carries a lease out: from here on that run is asked whether it lives. */
export async function claimLease(
  { house }: GitHubDoor,
  feature: Feature,
  lease: Lease,
  run: ActionsRun,
): Promise<Result<Feature>> {
  const claimedBy = nameRun(run);
  const claimed = await applyTrigger(
    house,
    feature.issue,
    {
      kind: "run-claimed",
      source: `claim:${lease.nonce}:${claimedBy}`,
      at: house.now().toISOString(),
      runId: house.runId,
      nonce: lease.nonce,
      claimedBy,
    },
    {},
    feature.head ?? undefined,
  );
  return claimed.ok ? succeed(claimed.value.feature) : claimed;
}
