import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { RunRecord } from "./contract.ts";
import { githubContext } from "./runner-contexts.ts";
import { type JobState, say } from "./runner-job-state.ts";
import type { JobEnd, Result, RunState } from "./runner-state.ts";
import { runSteps } from "./runner-step.ts";
import type { JobDefinition, Permissions } from "./workflow-definition.ts";
import { type Json, resolve, type Scope, toText } from "./workflow-expression.ts";

/** What a job is told beyond its definition. */
export type JobPlace = {
  name: string;
  rights: Permissions;
  own: { repository: string; sha: string };
  inputs: Record<string, Json>;
  secrets: Readonly<Record<string, string>>;
  needs: Record<string, JobEnd>;
  env: Record<string, string>;
};

/** A token that may do what the job may; every token may read what the repository is. */
function mintToken(run: RunState, rights: Permissions): string {
  const named = Object.entries(rights).map(([scope, access]) => [
    scope.replaceAll("-", "_"),
    access,
  ]);
  return run.host.options.standIn.actionsToken({ metadata: "read", ...Object.fromEntries(named) });
}

function openJob(run: RunState, job: JobDefinition, place: JobPlace): JobState {
  const folder = join(run.host.folder, `${run.record.id}-${run.record.attempt}-${job.id}`);
  const { standIn } = run.host.options;
  const workspace = join(folder, standIn.repo, standIn.repo);
  const temp = join(folder, "temp");
  const home = join(folder, "home");
  for (const each of [workspace, temp, home]) mkdirSync(each, { recursive: true });
  const token = mintToken(run, place.rights);
  const secrets = { ...place.secrets, GITHUB_TOKEN: token };
  return {
    run,
    name: place.name,
    id: job.id,
    token,
    workspace,
    temp,
    home,
    contexts: {
      github: githubContext(run),
      inputs: place.inputs,
      secrets,
      needs: place.needs,
      vars: run.host.options.variables ?? {},
      strategy: {},
      matrix: {},
    },
    own: place.own,
    env: { ...place.env },
    path: [],
    masks: new Set(Object.values(secrets).filter((value) => value.trim() !== "")),
    log: [],
    summary: "",
    failed: false,
    cancelled: false,
    lost: false,
    current: null,
    counter: 0,
  };
}

/** Outputs of a job. One with a secret in it is dropped, as the runner drops it. */
function outputsOf(state: JobState, job: JobDefinition, steps: object): Record<string, string> {
  const scope: Scope = {
    contexts: { ...state.contexts, steps, job: {}, env: state.env, runner: {} },
  };
  const outputs: Record<string, string> = {};
  for (const [name, node] of Object.entries(job.outputs)) {
    const value = toText(resolve(node, scope));
    if ([...state.masks].some((mask) => value.includes(mask))) {
      say(state, `##[warning]Skip output '${name}' since it may contain secret.`);
    } else outputs[name] = value;
  }
  return outputs;
}

const resultOf = (state: JobState): Result =>
  state.cancelled ? "cancelled" : state.failed || state.lost ? "failure" : "success";

/** Puts a job of this attempt on the page of the run. */
export function listJob(run: RunState, name: string, status: string): RunRecord["jobs"][number] {
  const id = run.host.options.standIn.actions.nextId();
  const listed = { id, name, status, conclusion: null, attempt: run.record.attempt };
  run.record.jobs.push(listed);
  return listed;
}

/** Runs a job on a machine of its own, to its end. */
export async function runJob(run: RunState, job: JobDefinition, place: JobPlace): Promise<JobEnd> {
  const state = openJob(run, job, place);
  const listed = listJob(run, place.name, "in_progress");
  run.active.add(state);
  const scope: Scope = { contexts: state.contexts };
  for (const [name, node] of Object.entries(job.env))
    state.env[name] = toText(resolve(node, scope));
  const minutes = Number(toText(resolve(job.timeoutMinutes, scope)) || "360");
  const milliseconds = minutes * (run.host.options.minuteMilliseconds ?? 60_000);
  const timer = setTimeout(
    () => {
      say(state, `##[error]The job has exceeded the maximum execution time of ${minutes} minutes`);
      stopJob(state);
    },
    Math.min(milliseconds, 2_000_000_000),
  );
  const around = { steps: {} };
  await runSteps(state, job.steps, around);
  clearTimeout(timer);
  run.active.delete(state);
  run.host.options.standIn.expireToken(state.token);
  if (state.lost) say(state, "##[error]The hosted runner lost communication with the server.");
  const end = { result: resultOf(state), outputs: outputsOf(state, job, around.steps) };
  Object.assign(listed, { status: "completed", conclusion: end.result });
  run.shown.jobs.push({
    name: place.name,
    conclusion: end.result,
    log: state.log.join("\n"),
    summary: state.summary,
    outputs: end.outputs,
  });
  return end;
}

/** Stops what a job is doing; its steps that always run still do. */
export function stopJob(state: JobState): void {
  state.cancelled = true;
  state.current?.stop();
}
