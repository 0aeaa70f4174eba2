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

/** Asks GitHub what a run was dispatched for. Only dispatched runs count: the title of any other is a person's. */
export async function findRunWork(api: GitHubApi, run: number): Promise<Result<Work | null>> {
  const answer = await api.request("GET /repos/{owner}/{repo}/actions/runs/{run_id}", {
    run_id: run,
  });
  if (!answer.ok) return answer.status === 404 ? succeed(null) : fail(answer.failure);
  const { event, display_title: title } = answer.data;
  return succeed(event === "workflow_dispatch" ? findWorkInTitle(title) : null);
}
