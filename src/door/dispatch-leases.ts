import type { Work } from "../engine/hand-over.ts";
import type { Feature } from "../engine/load-feature.ts";
import { findDispatchedRun } from "../forge/github/find-dispatched-run.ts";
import type { Failure } from "../shared/failure.ts";
import { type Result, succeed } from "../shared/result.ts";
import type { Lease } from "../workflow/phase.ts";
import { claimLease } from "./claim-lease.ts";
import { dispatchWork } from "./dispatch-work.ts";
import type { GitHubDoor } from "./github-door.ts";

/** What came of dispatching: the feature as it stands, the leases whose run was started, and why others could not be. */
export type Dispatched = {
  feature: Feature;
  leases: readonly Lease[];
  failures: readonly Failure[];
};

/** Starts a run. Where the answer was lost, it may have been started all the same: it is looked for before it is tried once more. */
async function start(door: GitHubDoor, lease: Lease, work: Work): Promise<Result<string | null>> {
  const { api, workflow, origin } = door;
  const target = { api, workflow, branch: origin.branch };
  const first = await dispatchWork(target, work);
  if (first.ok || !first.inDoubt) return first;
  const found = await findDispatchedRun(api, lease, door.own);
  if (!found.ok) return first;
  return found.value ? succeed(found.value.id) : await dispatchWork(target, work);
}

/** Starts a run for each lease, and notes in the ledger which one it is. */
export async function dispatchLeases(
  door: GitHubDoor,
  feature: Feature,
  leases: readonly Lease[],
): Promise<Dispatched> {
  let current = feature;
  const started: Lease[] = [];
  const failures: Failure[] = [];
  for (const lease of leases) {
    const { phase, nonce } = lease;
    const work = { issue: feature.issue, phase, nonce, head: current.head ?? "" };
    const run = await start(door, lease, work);
    if (!run.ok) {
      failures.push(run.failure);
      continue;
    }
    started.push(lease);
    if (run.value === null) continue;
    const claimed = await claimLease(door, current, lease, { id: run.value, attempt: 1 });
    // A run that could not be named is found by the nonce in its name.
    if (claimed.ok) current = claimed.value;
  }
  return { feature: current, leases: started, failures };
}
