import { type Work, workSchema } from "../engine/hand-over.ts";
import type { GitHubApi } from "../forge/github/api.ts";
import { fail, type Result, succeed } from "../shared/result.ts";

/** The lease that a dispatched run carries in its name (`run-name` of the workflow holds the input `work`); null for other runs. */
export function findWorkInTitle(title: string): Work | null {
  const [text] = /\{.*\}/s.exec(title) ?? [];
  if (text === undefined) return null;
  try {
    return workSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

type Started = { event: string; actor?: { id: number | bigint } | null | undefined };

/**
 * Whether we dispatched a run. Anybody who may write can push a workflow, start it by hand and name its run as they like: what it leaves is
 * theirs. A person who presses "Re-run" does not become the actor, and runs the same commit again.
 */
export const isDispatchedBy = (own: ReadonlySet<string>, { event, actor }: Started): boolean =>
  event === "workflow_dispatch" && own.has(String(actor?.id));

/** Asks GitHub what a run was dispatched for. Only runs of `own` count: the title of any other is a person's. */
export async function findRunWork(
  api: GitHubApi,
  run: number,
  own: ReadonlySet<string>,
): Promise<Result<Work | null>> {
  const answer = await api.request("GET /repos/{owner}/{repo}/actions/runs/{run_id}", {
    run_id: run,
  });
  if (!answer.ok) return answer.status === 404 ? succeed(null) : fail(answer.failure);
  const { display_title: title } = answer.data;
  return succeed(isDispatchedBy(own, answer.data) ? findWorkInTitle(title) : null);
}
