import type { GitHubApi } from "../forge/github/api.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import type { Lease } from "../workflow/phase.ts";

/** A run that was dispatched for a lease, found by the nonce in its name. */
export type DispatchedRun = { id: string; attempt: number; over: boolean };

type ListedRun = {
  id: number;
  run_attempt?: number;
  display_title?: string;
  status?: string | null;
};

/** Runs that are looked through. Those of the last minutes come first; more than this were not started for one repository since. */
const MOST_RUNS = 200;

/** The newest run whose name holds the nonce of a lease, or null. The workflow file's `run-name` carries it. */
export async function findDispatchedRun(
  { api, workflow }: { api: GitHubApi; workflow: string },
  lease: Pick<Lease, "nonce" | "startedAt">,
): Promise<Result<DispatchedRun | null>> {
  const created = `>=${lease.startedAt.slice(0, 19)}Z`;
  const route = "GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs";
  const listed = await api.list<ListedRun>(
    route,
    { workflow_id: workflow, event: "workflow_dispatch", created },
    MOST_RUNS,
  );
  if (!listed.ok) return fail(listed.failure);
  const run = listed.data.items.find(({ display_title }) => display_title?.includes(lease.nonce));
  if (!run) return succeed(null);
  const { id, run_attempt: attempt = 1, status } = run;
  return succeed({ id: String(id), attempt, over: status === "completed" });
}
