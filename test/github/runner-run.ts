import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { githubContext } from "./runner-contexts.ts";
import { type Layer, runGraph, sumUp } from "./runner-graph.ts";
import type { JobEnd, RunState } from "./runner-state.ts";
import {
  type JobDefinition,
  readInputs,
  readWorkflow,
  type WorkflowDefinition,
} from "./workflow-definition.ts";
import { type Json, resolve, type Scope, toText } from "./workflow-expression.ts";
import { findExcess, readOnly, usualPermissions } from "./workflow-permissions.ts";
import { parseWorkflowSource } from "./workflow-source.ts";

/** Reads a file of the stand-in's repository at the commit of a run. */
export type ReadFile = (sha: string, path: string) => string | null;

type Called = { workflow: WorkflowDefinition; repository: string; sha: string };

/** A workflow that is not what GitHub would start. */
export class NotStarted extends Error {}

/** The workflow that a job calls: of this repository, or of the checkout under test. */
async function loadCalled(run: RunState, reference: string, read: ReadFile): Promise<Called> {
  const { standIn, archwright } = run.host.options;
  const own = `${standIn.owner}/${standIn.repo}`;
  const match = /^([\w.-]+\/[\w.-]+)\/(\.github\/workflows\/[\w.-]+)@([\w./-]+)$/.exec(reference);
  const [, repository = own, path = reference.replace(/^\.\//, "")] = match ?? [];
  const foreign = repository !== own;
  const file = join(archwright, path);
  const text = foreign
    ? existsSync(file)
      ? readFileSync(file, "utf8")
      : null
    : read(run.sha, path);
  if (text === null)
    throw new NotStarted(`error parsing called workflow "${reference}": workflow was not found.`);
  const source = await parseWorkflowSource(path, text);
  if (source.errors.length > 0) throw new NotStarted(source.errors.join("; "));
  const sha = foreign ? run.host.archwrightSha : run.sha;
  return { workflow: readWorkflow(path, source), repository, sha };
}

function refuseUnknown(workflow: WorkflowDefinition): void {
  for (const { id, notInterpreted: keys } of workflow.jobs.values()) {
    if (keys.length > 0) throw new NotStarted(`${id}: ${keys.join(", ")} is not interpreted here`);
  }
}

const grantedTo = (run: RunState, workflow: WorkflowDefinition, job: JobDefinition) => {
  const named = job.permissions ?? workflow.permissions ?? usualPermissions;
  return run.fork ? readOnly(named) : named;
};

/** Everything that GitHub checks before any job starts. */
async function checkCalls(
  run: RunState,
  workflow: WorkflowDefinition,
  read: ReadFile,
): Promise<Map<string, Called>> {
  const called = new Map<string, Called>();
  refuseUnknown(workflow);
  for (const job of workflow.jobs.values()) {
    if (!job.calls) continue;
    const { reference } = job.calls;
    const found = await loadCalled(run, reference, read);
    refuseUnknown(found.workflow);
    const granted = job.permissions ?? workflow.permissions ?? usualPermissions;
    const excess = findExcess(found.workflow, reference, granted);
    if (excess) throw new NotStarted(excess);
    const inputs = readInputs(found.workflow, "workflow_call");
    for (const name of Object.keys(job.calls.with)) {
      if (!inputs[name])
        throw new NotStarted(`Invalid input, ${name} is not defined in the referenced workflow.`);
    }
    for (const [name, input] of Object.entries(inputs)) {
      if (input.required && job.calls.with[name] === undefined)
        throw new NotStarted(`Input ${name} is required, but not provided while calling.`);
    }
    called.set(job.id, found);
  }
  return called;
}

const typed = (type: string, value: Json): Json => {
  if (type === "number") return Number(value ?? 0);
  if (type === "boolean") return value === true || value === "true";
  return toText(value);
};

/** Inputs of a called workflow: what the caller gives, else the defaults. */
function inputsOf(
  called: WorkflowDefinition,
  job: JobDefinition,
  scope: Scope,
): Record<string, Json> {
  const { secrets: _, ...known } = scope.contexts as Record<string, unknown>;
  const given = job.calls?.with ?? {};
  const all = Object.entries(readInputs(called, "workflow_call"));
  return Object.fromEntries(
    all.map(([name, { type, default: usual }]) => [
      name,
      typed(type, resolve(given[name] ?? usual ?? null, { contexts: known })),
    ]),
  );
}

/** Secrets of a called workflow: those that the caller names, or all. */
function secretsOf(run: RunState, job: JobDefinition, scope: Scope): Record<string, string> {
  const named = job.calls?.secrets ?? {};
  if (named === "inherit") return { ...run.secrets };
  const all = Object.entries(named).map(([name, node]) => [name, toText(resolve(node, scope))]);
  return Object.fromEntries(all.filter(([, value]) => value !== ""));
}

function outputsOf(
  called: WorkflowDefinition,
  ends: ReadonlyMap<string, JobEnd>,
): Record<string, string> {
  const outputs = called.on.workflow_call?.outputs;
  if (typeof outputs !== "object" || outputs === null) return {};
  const contexts = { jobs: Object.fromEntries(ends) };
  return Object.fromEntries(
    Object.entries(outputs).map(([name, node]) => [
      name,
      toText(resolve((node as { value?: never }).value, { contexts })),
    ]),
  );
}

function layerOf(
  run: RunState,
  workflow: WorkflowDefinition,
  called: ReadonlyMap<string, Called>,
): Layer {
  const { standIn } = run.host.options;
  const call: Layer["call"] = async (job, _, scope) => {
    const target = called.get(job.id);
    if (!target) throw new Error(`${job.id} calls nothing`);
    const ends = await runGraph(run, {
      workflow: target.workflow,
      prefix: `${toText(resolve(job.name, scope)) || job.id} / `,
      inputs: inputsOf(target.workflow, job, scope),
      secrets: secretsOf(run, job, scope),
      granted: grantedTo(run, workflow, job),
      own: { repository: target.repository, sha: target.sha },
      call: async () => {
        throw new Error("workflows that call on are not interpreted here");
      },
    });
    return { result: sumUp([...ends.values()]), outputs: outputsOf(target.workflow, ends) };
  };
  return {
    workflow,
    prefix: "",
    inputs: run.inputs,
    secrets: run.secrets,
    granted: run.fork
      ? readOnly(workflow.permissions ?? usualPermissions)
      : (workflow.permissions ?? usualPermissions),
    own: { repository: `${standIn.owner}/${standIn.repo}`, sha: run.sha },
    call,
  };
}

async function waitForTurn(run: RunState, workflow: WorkflowDefinition) {
  const contexts = { github: githubContext(run), inputs: run.inputs, vars: {} };
  const value = resolve(workflow.concurrency, { contexts });
  if (!value) return null;
  const { group, queue } =
    typeof value === "object"
      ? (value as { group?: string; queue?: "max" })
      : { group: String(value) };
  const place = run.host.groups.enter(String(group), queue ?? "single");
  if (await place.turn) return place;
  run.cancelled = true;
  return place;
}

/** Runs an attempt to its end. Failures of the file itself throw `NotStarted`. */
export async function executeRun(run: RunState, read: ReadFile): Promise<ReturnType<typeof sumUp>> {
  const text = read(run.sha, run.workflowPath);
  if (text === null) throw new NotStarted(`${run.workflowPath} is not at ${run.sha}`);
  const source = await parseWorkflowSource(run.workflowPath, text);
  if (source.errors.length > 0) throw new NotStarted(source.errors.join("; "));
  const workflow = readWorkflow(run.workflowPath, source);
  const called = await checkCalls(run, workflow, read);
  const place = await waitForTurn(run, workflow);
  try {
    run.record.status = "in_progress";
    run.shown.status = "in_progress";
    run.host.options.standIn.actions.announce(run.record, "in_progress");
    const ends = await runGraph(run, layerOf(run, workflow, called));
    return run.cancelled ? "cancelled" : sumUp([...ends.values()]);
  } finally {
    place?.leave();
  }
}
