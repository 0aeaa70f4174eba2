import type { RunningLease } from "../port.ts";
import type { GitHubApi } from "./api.ts";
import { findDispatchedRun } from "./find-dispatched-run.ts";

export type Liveness = "alive" | "gone" | "unknown";

const runIdPattern = /^(actions|dispatch):([1-9]\d{0,15}):([1-9]\d{0,5})$/;

/**
 * Whether the run that holds a lease is still there. A lease that waits to be dispatched (`dispatch:…`) has the run that carries its nonce;
 * as long as there is none, it lives with the run that took it, and after that it is `unknown`: the next run dispatches it again.
 */
export async function isRunAlive(
  api: Pick<GitHubApi, "request" | "list">,
  lease: RunningLease,
  own?: ReadonlySet<string>,
): Promise<Liveness> {
  const [, kind, run = "", attempt = ""] = runIdPattern.exec(lease.runId) ?? [];
  if (kind === undefined) return "unknown";
  if (kind === "actions") return askRun(api, Number(run), Number(attempt));
  const dispatched = await findDispatchedRun(api, lease, own);
  if (!dispatched.ok) return "unknown";
  if (dispatched.value) return dispatched.value.alive ? "alive" : "gone";
  const taker = await askRun(api, Number(run), Number(attempt));
  return taker === "alive" ? "alive" : "unknown";
}

async function askRun(
  api: Pick<GitHubApi, "request">,
  run: number,
  attempt: number,
): Promise<Liveness> {
  const answer = await api.request("GET /repos/{owner}/{repo}/actions/runs/{run_id}", {
    run_id: run,
  });
  // A run is deleted only when it has ended.
  if (!answer.ok) return answer.status === 404 ? "gone" : "unknown";
  // A later attempt begins only after the one before has ended.
  if ((answer.data.run_attempt ?? 1) > attempt) return "gone";
  return answer.data.status === "completed" ? "gone" : "alive";
}
