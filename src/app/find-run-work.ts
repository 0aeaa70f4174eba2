import { type Work, workSchema } from "../engine/hand-over.ts";
import type { GitHubApi } from "../forge/github/api.ts";
import { fail, type Result, succeed } from "../shared/result.ts";

/** `<phase> of issue <n> (<nonce> <head>)`, as the workflow of the examples names its runs. */
const words = /\b([a-z]+) of issue (\d{1,15}) \(([0-9a-f]{1,128}) ([0-9a-f]{40,64})\)\s*$/;

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The lease that a dispatched run carries in its name: in words, or as the input `work` itself; null for other runs. */
export function findWorkInTitle(title: string): Work | null {
  const [, phase, issue, nonce, head] = words.exec(title) ?? [];
  if (phase !== undefined) {
    return workSchema.safeParse({ phase, issue: Number(issue), nonce, head }).data ?? null;
  }
  const [text] = /\{.*\}/s.exec(title) ?? [];
  return text === undefined ? null : (workSchema.safeParse(readJson(text)).data ?? null);
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
