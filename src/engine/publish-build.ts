import type { Failure } from "../shared/failure.ts";
import type { Lease, PhaseOutcome } from "../workflow/phase.ts";
import type { Workspace } from "../workspace/port.ts";
import { isOwnWork } from "./is-own-work.ts";

type Built = Extract<PhaseOutcome, { kind: "built" }>;

const contains = async (workspace: Workspace, head: string, other: string): Promise<boolean> =>
  head === other || (await workspace.commits(head, other)).length === 0;

/**
 * Moves the branch to what was built. It moves forward only: a head that the new one does not contain is
 * replaced when it is an earlier attempt of ours, and left alone when a person pushed it.
 */
export async function publishBuild(
  workspace: Workspace,
  issue: number,
  lease: Lease,
  outcome: Built,
): Promise<PhaseOutcome> {
  const work = { issue, spec: lease.spec ?? "", attempts: lease.attempt - 1 };
  const current = await workspace.branchHead(outcome.branch);
  const forward = current === null || (await contains(workspace, outcome.head, current));
  const replace = !forward && current !== null && (await isOwnWork(workspace, work, current));
  const expected = outcome.head;
  const failure: Failure = {
    reason: "branch-moved",
    branch: outcome.branch,
    expected,
    actual: current,
  };
  if (!forward && !replace) return failed(failure, outcome);
  const published = await workspace.publish(outcome.branch, outcome.head, current, { replace });
  return published.ok ? outcome : failed(published.failure, outcome);
}

const failed = (failure: Failure, built: Built): PhaseOutcome => ({
  kind: "failed",
  reason: failure.reason,
  failure,
  step: null,
  work: { ref: built.branch, head: built.head },
});
