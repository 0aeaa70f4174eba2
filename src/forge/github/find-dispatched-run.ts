import { type Result, succeed } from "../../shared/result.ts";
import type { RunningLease } from "../port.ts";
import type { Data, GitHubApi } from "./api.ts";

/** A run of the workflow as it stands: `alive` until it is completed. */
export type DispatchedRun = { id: string; attempt: number; alive: boolean };

type Runs = Data<"GET /repos/{owner}/{repo}/actions/runs">["workflow_runs"];

const mostRuns = 300;
/** The clock that stamped the lease and GitHub's may differ by this much. */
const skewMilliseconds = 5 * 60_000;

/**
 * The run that was dispatched for a lease, found by its nonce in the run's title (`run-name` of the caller's workflow contains the input); the
 * one that lives before one that ended. null when there is none: then it may be dispatched. `own`: account ids that dispatch; a run that
 * somebody else started is not the lease's, whatever its title says: nonces are no secret, and whoever may write can name a run.
 */
export async function findDispatchedRun(
  api: Pick<GitHubApi, "list">,
  lease: Pick<RunningLease, "nonce" | "startedAt">,
  own?: ReadonlySet<string>,
): Promise<Result<DispatchedRun | null>> {
  const since = new Date(new Date(lease.startedAt).getTime() - skewMilliseconds);
  const created = `>=${since.toISOString().slice(0, 19)}Z`;
  const route = "GET /repos/{owner}/{repo}/actions/runs";
  const parameters = { event: "workflow_dispatch", created };
  const answer = await api.list<Runs[number]>(route, parameters, mostRuns);
  if (!answer.ok) return answer;
  const named = answer.data.items
    .filter(({ display_title: title }) => title?.includes(lease.nonce))
    .filter(({ actor }) => own === undefined || own.has(String(actor?.id)))
    .map((run) => ({
      id: String(run.id),
      attempt: run.run_attempt ?? 1,
      alive: run.status !== "completed",
    }));
  if (named.length === 0 && !answer.data.complete) {
    const detail = `more than ${mostRuns} runs were started since ${created}`;
    return { ok: false, failure: { reason: "forge-unavailable", status: 200, detail } };
  }
  return succeed(named.find(({ alive }) => alive) ?? named[0] ?? null);
}
