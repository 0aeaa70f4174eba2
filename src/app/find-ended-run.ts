import { parseRun } from "../door/name-run.ts";
import type { GitHubApi } from "../forge/github/api.ts";
import { findDispatchedRun } from "../forge/github/find-dispatched-run.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import type { Lease } from "../workflow/phase.ts";
import { isDispatchedBy } from "./find-run-work.ts";

/** A run that is over, and whose work has to be published or settled. `conclusion` is GitHub's word. */
export type EndedRun = { id: number; attempt: number; conclusion: string };

/** The run of a lease when it has ended; null while it runs, or where there is none that `own` has dispatched. */
export async function findEndedRun(
  api: GitHubApi,
  lease: Lease,
  own: ReadonlySet<string>,
): Promise<Result<EndedRun | null>> {
  const claimed = parseRun(lease.runId);
  let id = claimed?.id ?? null;
  if (id === null) {
    const found = await findDispatchedRun(api, lease, own);
    if (!found.ok) return found;
    id = found.value?.id ?? null;
  }
  if (id === null) return succeed(null);
  const route = "GET /repos/{owner}/{repo}/actions/runs/{run_id}";
  const answer = await api.request(route, { run_id: Number(id) });
  // A run is deleted only when it has ended.
  if (!answer.ok && answer.status === 404) {
    return succeed({ id: Number(id), attempt: claimed?.attempt ?? 1, conclusion: "deleted" });
  }
  if (!answer.ok) return fail(answer.failure);
  const { status, conclusion, run_attempt: attempt = 1 } = answer.data;
  if (status !== "completed" || !isDispatchedBy(own, answer.data)) return succeed(null);
  return succeed({ id: Number(id), attempt, conclusion: conclusion ?? "unknown" });
}
