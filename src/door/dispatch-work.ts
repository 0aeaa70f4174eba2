import type { Work } from "../engine/hand-over.ts";
import type { Answer, GitHubApi } from "../forge/github/api.ts";
import type { Failure } from "../shared/failure.ts";

/** Where runs are started: a workflow file of the default branch. */
export type DispatchTarget = { api: GitHubApi; workflow: string; branch: string };

const ROUTE = "POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches";

/** Servers that do not know the parameter refuse it with one of these. */
const mayBeTooOld = (answer: Answer<unknown>): boolean =>
  !answer.ok && (answer.status === 400 || answer.status === 422);

/** Id of the run that was started, where the server tells it. */
function runOf(data: unknown): string | null {
  const id = (data as { workflow_run_id?: unknown } | undefined)?.workflow_run_id;
  return typeof id === "number" || (typeof id === "string" && /^\d+$/.test(id)) ? String(id) : null;
}

/** `inDoubt`: no answer came, so the run may have been started all the same. */
export type DispatchAnswer =
  | { ok: true; value: string | null }
  | { ok: false; failure: Failure; inDoubt: boolean };

/**
 * Starts the workflow for one lease, with ids and commits only. Returns the id of its run, or null where the server does not say: then
 * it is found by the nonce in its name. Failure: `dispatch-failed`.
 */
export async function dispatchWork(
  { api, workflow, branch }: DispatchTarget,
  work: Work,
): Promise<DispatchAnswer> {
  const parameters = { workflow_id: workflow, ref: branch, inputs: { work: JSON.stringify(work) } };
  let answer = await api.request(ROUTE, { ...parameters, return_run_details: true });
  if (mayBeTooOld(answer)) answer = await api.request(ROUTE, parameters);
  if (answer.ok) return { ok: true, value: runOf(answer.data) };
  const said = [answer.message, ...answer.errors].filter(Boolean).join("; ");
  const detail = `${answer.status || "no answer"} ${said}`.trim();
  const inDoubt = answer.status === 0 || answer.status >= 500;
  return { ok: false, failure: { reason: "dispatch-failed", workflow, detail }, inDoubt };
}
