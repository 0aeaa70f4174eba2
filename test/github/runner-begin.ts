import type { Account, Run, RunRecord } from "./contract.ts";
import { githubContext } from "./runner-contexts.ts";
import type { ReadFile } from "./runner-run.ts";
import type { Host, RunState } from "./runner-state.ts";
import { readWorkflow, type WorkflowDefinition } from "./workflow-definition.ts";
import { type Json, resolve, toText } from "./workflow-expression.ts";
import { readWorkflowRoot } from "./workflow-source.ts";

/** What starts a run: an event, or a dispatch that the API has made a record of. */
export type Beginning = {
  event: string;
  payload: Record<string, unknown>;
  path: string;
  sha: string;
  actor: Account;
  record?: RunRecord;
  inputs?: Record<string, Json>;
};

export const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, "Z");

/** A head that lives in another repository, for the events that GitHub runs with less then. */
function isFork(event: string, payload: Record<string, unknown>): boolean {
  if (event !== "pull_request" && event !== "pull_request_review") return false;
  type End = { repo?: { full_name?: string } | null } | undefined;
  const pull = payload.pull_request as { head?: End; base?: End } | undefined;
  return pull?.head?.repo?.full_name !== pull?.base?.repo?.full_name;
}

/** Name of a run on the page of runs. */
function titleOf(run: RunState, workflow: WorkflowDefinition): string {
  const { variables } = run.host.options;
  const contexts = { github: githubContext(run), inputs: run.inputs, vars: variables ?? {} };
  const named = toText(resolve(workflow.runName, { contexts })).trim();
  type Titled = Record<string, { title?: string } | undefined>;
  const { issue, pull_request: pull } = run.payload as Titled;
  return named || issue?.title || pull?.title || workflow.name;
}

function makeRecord(host: Host, start: Beginning): RunRecord {
  const { standIn } = host.options;
  const time = now();
  const record: RunRecord = {
    id: standIn.actions.nextId(),
    attempt: 1,
    workflow: start.path,
    name: start.path,
    displayTitle: start.path,
    event: start.event,
    status: "queued",
    conclusion: null,
    headBranch: standIn.defaultBranch,
    headSha: start.sha,
    actor: start.actor,
    triggeringActor: start.actor,
    createdAt: time,
    updatedAt: time,
    startedAt: time,
    jobs: [],
  };
  standIn.actions.runs.push(record);
  return record;
}

const shownOf = ({ id, attempt, event, displayTitle }: RunRecord): Run => ({
  id,
  attempt,
  event,
  status: "queued",
  conclusion: null,
  title: displayTitle,
  errors: [],
  jobs: [],
});

/** Events of a pull request run at its merge; all others at the branch. */
function refOf({ event, payload }: Beginning, { headBranch }: RunRecord): string {
  const { number } = (payload.pull_request ?? {}) as { number?: number };
  const merged = event === "pull_request" || event === "pull_request_review";
  return merged ? `refs/pull/${number}/merge` : `refs/heads/${headBranch}`;
}

/** A run that is queued, with its name and title as they are from the first moment on. */
export function beginRun(
  host: Host,
  start: Beginning,
  { number, read }: { number: number; read: ReadFile },
): RunState {
  const record = start.record ?? makeRecord(host, start);
  const fork = isFork(start.event, start.payload);
  const run: RunState = {
    host,
    record,
    shown: shownOf(record),
    event: start.event,
    payload: start.payload,
    inputs: start.inputs ?? {},
    workflowPath: start.path,
    sha: start.sha,
    ref: refOf(start, record),
    actor: start.actor,
    secrets: fork ? {} : host.options.secrets,
    fork,
    number,
    cancelled: false,
    waiting: new Set(),
    active: new Set(),
    ends: new Map(),
    keep: new Map(),
  };
  const root = readWorkflowRoot(start.path, read(start.sha, start.path) ?? "");
  const workflow = readWorkflow(start.path, { errors: [], root });
  record.name = workflow.name;
  record.displayTitle = titleOf(run, workflow);
  run.shown.title = record.displayTitle;
  return run;
}

/** The next attempt of a run that has ended. */
export function beginAttempt(old: RunState, which: "all" | "failed", by: Account): RunState {
  const { record } = old;
  record.attempt += 1;
  record.status = "queued";
  record.conclusion = null;
  record.triggeringActor = by;
  record.startedAt = now();
  return {
    ...old,
    shown: shownOf(record),
    cancelled: false,
    waiting: new Set(),
    active: new Set(),
    keep: which === "failed" ? old.ends : new Map(),
    ends: new Map(),
  };
}
