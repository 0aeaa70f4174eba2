import type { GitHubApi } from "../forge/github/api.ts";
import { explainFailure } from "../shared/explain-failure.ts";
import type { Failure, FailureReason } from "../shared/failure.ts";
import type { Log } from "./open-log.ts";
import type { JobEnd } from "./run-workers.ts";

/** Failures that are likely to pass by themselves. */
const passing: ReadonlySet<FailureReason> = new Set([
  "forge-unavailable",
  "ledger-conflict",
  "ledger-unavailable",
  "queue-unavailable",
  "git-failed",
  "disk-full",
  "unexpected",
  "interrupted",
]);

/** How a job ends that failed so: again where it may pass, else for good. */
export const endOf = (failure: Failure): JobEnd =>
  passing.has(failure.reason) ? { kind: "again", failure } : { kind: "done" };

/** Tells in a thread why nothing came of what somebody asked for. What cannot be told is in the log. */
export async function tellFailure(
  api: GitHubApi,
  { thread, failure, log }: { thread: number | null; failure: Failure; log: Log },
): Promise<void> {
  log.error({ failure }, "failed for good");
  if (thread === null) return;
  const { what, remedy } = explainFailure(failure);
  const told = await api.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    issue_number: thread,
    body: `${what}\n\n${remedy}`,
  });
  if (!told.ok) log.error({ failure: told.failure }, "it could not be told in the thread");
}
