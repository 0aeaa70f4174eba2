import { githubContext } from "./runner-contexts.ts";
import { listJob, runJob } from "./runner-job.ts";
import type { JobEnd, Result, RunState } from "./runner-state.ts";
import type { JobDefinition, Permissions, WorkflowDefinition } from "./workflow-definition.ts";
import { holds, type Json, resolve, type Scope, toText } from "./workflow-expression.ts";
import { readOnly } from "./workflow-permissions.ts";

/** A workflow whose jobs are run: the caller's, or one that it calls. */
export type Layer = {
  workflow: WorkflowDefinition;
  /** Of the calling job, before the names of these. */
  prefix: string;
  inputs: Record<string, Json>;
  secrets: Readonly<Record<string, string>>;
  /** Most that any job may. */
  granted: Permissions;
  own: { repository: string; sha: string };
  /** Runs a job that calls another workflow. */
  call: (job: JobDefinition, layer: Layer, scope: Scope) => Promise<JobEnd>;
};

type Queue = { group: string; queue?: "single" | "max"; "cancel-in-progress"?: boolean };

const readQueue = (value: Json): Queue | null => {
  if (value === null || value === undefined || value === "") return null;
  return typeof value === "object" ? (value as unknown as Queue) : { group: String(value) };
};

const scopeOf = (run: RunState, layer: Layer, needs: Record<string, JobEnd>): Scope => ({
  contexts: {
    github: githubContext(run),
    inputs: layer.inputs,
    vars: run.host.options.variables ?? {},
    needs,
    strategy: {},
    matrix: {},
    secrets: layer.secrets,
  },
});

/** Whether a job starts, given how those ended that it needs. */
function starts(run: RunState, job: JobDefinition, scope: Scope, ends: readonly JobEnd[]): boolean {
  const results = ends.map(({ result }) => result);
  const status = {
    success: !run.cancelled && results.every((result) => result === "success"),
    failure: !run.cancelled && results.includes("failure"),
    cancelled: run.cancelled,
  };
  const { secrets: _, ...known } = scope.contexts as Record<string, unknown>;
  return holds(job.if, { contexts: known, status });
}

function rightsOf(run: RunState, job: JobDefinition, layer: Layer): Permissions {
  const named = job.permissions ?? layer.workflow.permissions ?? layer.granted;
  return run.fork ? readOnly(named) : named;
}

async function runInTurn(
  run: RunState,
  layer: Layer,
  job: JobDefinition,
  needs: Record<string, JobEnd>,
  ends: readonly JobEnd[],
): Promise<JobEnd> {
  const scope = scopeOf(run, layer, needs);
  const queue = readQueue(resolve(job.concurrency, scope));
  if (queue?.["cancel-in-progress"]) throw new Error("cancel-in-progress is not interpreted here");
  const place = queue ? run.host.groups.enter(queue.group, queue.queue ?? "single") : null;
  // "Cancel" ends the wait, except for what always runs.
  const wake = (): void => {
    if (!starts(run, job, scope, ends)) place?.leave();
  };
  try {
    run.waiting.add(wake);
    const go = place === null || (await place.turn);
    run.waiting.delete(wake);
    if (!go) {
      Object.assign(listJob(run, layer.prefix + job.id, "completed"), { conclusion: "cancelled" });
      return { result: "cancelled", outputs: {} };
    }
    if (job.calls) return await layer.call(job, layer, scope);
    return await runJob(run, job, {
      name: layer.prefix + (toText(resolve(job.name, scope)) || job.id),
      rights: rightsOf(run, job, layer),
      own: layer.own,
      inputs: layer.inputs,
      secrets: layer.secrets,
      needs,
      env: Object.fromEntries(
        Object.entries(layer.workflow.env).map(([key, node]) => [
          key,
          toText(resolve(node, scope)),
        ]),
      ),
    });
  } finally {
    place?.leave();
  }
}

/** Runs the jobs of a workflow, each as soon as those have ended that it needs. */
export async function runGraph(run: RunState, layer: Layer): Promise<Map<string, JobEnd>> {
  const { jobs } = layer.workflow;
  const running = new Map<string, Promise<{ end: JobEnd; kept: boolean }>>();

  const runOne = async (job: JobDefinition): Promise<{ end: JobEnd; kept: boolean }> => {
    const before = await Promise.all(job.needs.map((id) => running.get(id)));
    const ended = before.filter((each) => each !== undefined);
    const name = layer.prefix + job.id;
    const old = run.keep.get(name);
    if (
      old &&
      old.result !== "failure" &&
      old.result !== "cancelled" &&
      ended.every(({ kept }) => kept)
    ) {
      run.ends.set(name, old);
      return { end: old, kept: true };
    }
    const ends = ended.map(({ end }) => end);
    const needs = Object.fromEntries(
      job.needs.map((id, place) => [
        id,
        ends[place] ?? { result: "skipped" as Result, outputs: {} },
      ]),
    );
    const go = starts(run, job, scopeOf(run, layer, needs), ends);
    const skipped: JobEnd = { result: run.cancelled ? "cancelled" : "skipped", outputs: {} };
    const end = go ? await runInTurn(run, layer, job, needs, ends) : skipped;
    if (!go) Object.assign(listJob(run, name, "completed"), { conclusion: skipped.result });
    run.ends.set(name, end);
    return { end, kept: false };
  };

  // A job is written after those it needs, or before: each waits for the promises of its own.
  const start = (job: JobDefinition): void => {
    if (running.has(job.id)) return;
    for (const id of job.needs) {
      const needed = jobs.get(id);
      if (needed) start(needed);
    }
    running.set(job.id, runOne(job));
  };
  for (const job of jobs.values()) start(job);
  const all = await Promise.all(
    [...running].map(async ([id, one]) => [id, (await one).end] as const),
  );
  return new Map(all);
}

/** How a whole run or a called workflow ended, by its jobs. */
export function sumUp(ends: readonly JobEnd[]): Result {
  const results = ends.map(({ result }) => result);
  if (results.includes("failure")) return "failure";
  if (results.includes("cancelled")) return "cancelled";
  return results.every((result) => result === "skipped") ? "skipped" : "success";
}
