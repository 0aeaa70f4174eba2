import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  isStartedBy,
  readInputs,
  readWorkflow,
  type WorkflowDefinition,
} from "../github/workflow-definition.ts";
import { holds, type Json, resolve } from "../github/workflow-expression.ts";
import { parseWorkflowSource } from "../github/workflow-source.ts";

const root = join(import.meta.dirname, "../..");

export async function load(path: string): Promise<WorkflowDefinition> {
  const source = await parseWorkflowSource(path, readFileSync(join(root, path), "utf8"));
  return readWorkflow(path, source);
}

type Result = "success" | "failure" | "cancelled" | "skipped";

export type Occasion = {
  event: string;
  payload?: Record<string, unknown>;
  attempt?: number;
  /** What a dispatch gives. */
  work?: string;
  /** Inputs of the called workflow that a user changed. */
  with?: Record<string, Json>;
  /** How a job that starts ends: with success and no output, unless said otherwise. */
  ends?: Record<string, { result?: Result; outputs?: Record<string, string> }>;
  /** Job that is waiting or under way when somebody presses "Cancel". */
  cancelledAt?: string;
};

const own = { full_name: "octo/repo", default_branch: "main" };

function contextOf({ event, payload, attempt, work }: Occasion): Record<string, unknown> {
  return {
    event_name: event,
    event: { repository: own, ...(work === undefined ? {} : { inputs: { work } }), ...payload },
    run_attempt: String(attempt ?? 1),
    run_id: "77",
    repository: "octo/repo",
    ref_name: "main",
  };
}

/** Inputs of the called workflow, as the caller's `with` and the defaults give them. */
function inputsOf(
  caller: WorkflowDefinition,
  called: WorkflowDefinition,
  occasion: Occasion,
): Record<string, Json> {
  const github = contextOf(occasion);
  const callers = { github, inputs: { work: occasion.work ?? null }, vars: {} };
  const given = [...caller.jobs.values()][0]?.calls?.with ?? {};
  const inputs: Record<string, Json> = {};
  for (const [name, input] of Object.entries(readInputs(called, "workflow_call"))) {
    inputs[name] = resolve(given[name] ?? input.default ?? "", { contexts: callers }) ?? "";
  }
  return { ...inputs, ...occasion.with };
}

/** Jobs of the called workflow that start on an occasion, with the group of each that queues. By the real files and `if`s. */
export function startJobs(
  caller: WorkflowDefinition,
  called: WorkflowDefinition,
  occasion: Occasion,
): { started: string[]; groups: Record<string, string> } {
  const started: string[] = [];
  const groups: Record<string, string> = {};
  if (!isStartedBy(caller, occasion.event, occasion.payload?.action)) return { started, groups };
  const github = contextOf(occasion);
  const inputs = inputsOf(caller, called, occasion);
  const ended: Record<string, { result: Result; outputs: Record<string, string> }> = {};
  let cancelled = false;
  for (const job of called.jobs.values()) {
    cancelled ||= job.id === occasion.cancelledAt;
    const needs = Object.fromEntries(job.needs.map((id) => [id, ended[id]]));
    const all = job.needs.map((id) => ended[id]?.result);
    const contexts = { github, inputs, needs, vars: {} };
    const success = !cancelled && all.every((result) => result === "success");
    const status = { success, failure: all.includes("failure"), cancelled };
    if (!holds(job.if, { contexts, status })) {
      ended[job.id] = { result: cancelled ? "cancelled" : "skipped", outputs: {} };
      continue;
    }
    started.push(job.id);
    const concurrency = resolve(job.concurrency, { contexts });
    if (concurrency) groups[job.id] = String((concurrency as { group: Json }).group);
    const { result = "success", outputs = {} } = occasion.ends?.[job.id] ?? {};
    ended[job.id] = { result, outputs };
  }
  return { started, groups };
}
