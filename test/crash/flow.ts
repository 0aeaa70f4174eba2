import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync, zipSync } from "fflate";
import type { Delivery, Person, RunRecord, StandIn } from "../github/contract.ts";
import {
  type Flow,
  type FlowRun,
  findNextJob,
  type JobEnd,
  type JobName,
  startAttempt,
} from "./flow-state.ts";
import { type JobFolders, type JobProcess, spawnJob } from "./spawn-job.ts";

/** A call that leaves a job: a request to GitHub, or the machine's own handling of an artifact. */
export type Call = { job: JobName; what: string; writes: boolean };

/** When a job dies: at call `at` (from 0) of it, before GitHub did it or after, without an answer in both. */
export type Death = { at: number; after: boolean };

export type Stage = {
  standIn: StandIn;
  program: string;
  machines: string;
  mary: Person;
};

/** What a job came to, as the page of the run would show it. */
export type JobStory = { name: string; calls: Call[]; died: boolean; log: string };

const sweeper = { id: 1, login: "acme", type: "User" as const };

/** Whether the workflow's `if` of the job route holds, as far as a feature without chatter needs it. */
function isHeard({ event, payload, starts }: Delivery): boolean {
  if (starts !== "runs") return false;
  const { action } = payload;
  const about = payload as { label?: { name?: string }; comment?: { body?: string } };
  const pull = payload as { pull_request?: { head?: { ref?: string } } };
  if (event === "issues") return action === "labeled" && about.label?.name === "archwright";
  if (event === "issue_comment") return about.comment?.body?.startsWith("/") ?? false;
  return (
    event === "pull_request" &&
    action === "closed" &&
    (pull.pull_request?.head?.ref?.startsWith("archwright/") ?? false)
  );
}

function newRecord({ standIn }: Stage, event: string, actor: RunRecord["actor"]): RunRecord {
  const time = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const record: RunRecord = {
    id: standIn.actions.nextId(),
    attempt: 1,
    workflow: ".github/workflows/archwright.yml",
    name: "Archwright",
    displayTitle: `Archwright ${event}`,
    event,
    status: "queued",
    conclusion: null,
    headBranch: standIn.defaultBranch,
    headSha: readFileSync(join(standIn.bare, "refs/heads", standIn.defaultBranch), "utf8").trim(),
    actor,
    triggeringActor: actor,
    createdAt: time,
    updatedAt: time,
    startedAt: time,
    jobs: [],
  };
  standIn.actions.runs.push(record);
  return record;
}

function enter(flow: Flow, { id, event, actor }: RunRecord, payload: FlowRun["payload"]): void {
  const work = String((payload.inputs as { work?: string } | undefined)?.work ?? "");
  const triggeringActor = actor.login;
  flow.runs.push({ id, attempt: 1, event, payload, work, triggeringActor, ends: {} });
  flow.queue.push(id);
}

/** Hears what GitHub tells workflows, and queues a run for it. Returns the way to stop. */
export function hear(stage: Stage, flow: Flow): () => void {
  const { standIn } = stage;
  standIn.actions.host = {
    dispatched(record, payload) {
      const { work = "" } = (payload.inputs ?? {}) as { work?: string };
      record.displayTitle = `Archwright ${work || record.event}`;
      enter(flow, record, payload);
    },
    cancel: () => false,
    rerun() {
      throw new Error("nothing presses this button over the API");
    },
  };
  const deafen = standIn.listen((delivery) => {
    if (!isHeard(delivery)) return;
    const { event, payload } = delivery;
    const name = event === "pull_request" ? "pull_request_target" : event;
    enter(flow, newRecord(stage, name, payload.sender as RunRecord["actor"]), payload);
  });
  return () => {
    deafen();
    standIn.actions.host = null;
  };
}

/** The schedule's time has come. */
export function sweep(stage: Stage, flow: Flow): void {
  enter(flow, newRecord(stage, "schedule", sweeper), {
    schedule: "17 * * * *",
    sender: sweeper,
    repository: repositoryOf(flow),
  });
}

const repositoryOf = ({ runs }: Flow): unknown => runs[0]?.payload.repository;

const recordOf = ({ standIn }: Stage, { id }: FlowRun): RunRecord => {
  const found = standIn.actions.runs.find((record) => record.id === id);
  if (!found) throw new Error(`there is no run ${id}`);
  return found;
};

/** Mary presses "Re-run failed jobs". */
export function pressRerun(stage: Stage, flow: Flow, run: FlowRun): void {
  startAttempt(run, stage.mary.account.login);
  const record = recordOf(stage, run);
  const { attempt } = run;
  Object.assign(record, { attempt, status: "queued", triggeringActor: stage.mary.account });
  flow.queue.push(run.id);
}

const artifacts = { outcomes: "archwright-outcomes", handOver: "archwright-hand-over" };

function upload({ standIn }: Stage, run: FlowRun, name: string, folder: string): boolean {
  const { actions } = standIn;
  if (!existsSync(folder)) return false;
  const files = readdirSync(folder).map((file): [string, Uint8Array] => [
    file,
    new Uint8Array(readFileSync(join(folder, file))),
  ]);
  const at = actions.artifacts.findIndex((each) => each.run === run.id && each.name === name);
  if (at >= 0) actions.artifacts.splice(at, 1);
  const zip = zipSync(Object.fromEntries(files), { level: 1 });
  const createdAt = new Date().toISOString();
  actions.artifacts.push({
    id: actions.nextId(),
    run: run.id,
    name,
    zip,
    createdAt,
    expired: false,
  });
  return true;
}

function download({ standIn }: Stage, run: FlowRun, name: string, folder: string): void {
  const found = standIn.actions.artifacts.find((each) => each.run === run.id && each.name === name);
  if (!found) return;
  mkdirSync(folder, { recursive: true });
  for (const [file, content] of Object.entries(unzipSync(found.zip))) {
    writeFileSync(join(folder, file), content);
  }
}

const isWrite = (method: string, path: string, body: unknown): boolean => {
  if (path === "/graphql") {
    return String((body as { query?: string } | undefined)?.query ?? "").startsWith("mutation");
  }
  return method !== "GET" && !path.endsWith("/git-upload-pack");
};

const given: Readonly<Record<JobName, keyof typeof artifacts | null>> = {
  route: null,
  checks: null,
  phase: "outcomes",
  publish: "handOver",
};
const left: Readonly<Record<JobName, keyof typeof artifacts | null>> = {
  route: null,
  checks: "outcomes",
  phase: "handOver",
  publish: null,
};

/** Watches the requests of a job, and lets it die at one of them. */
function watch({ standIn }: Stage, death: { at: number; after: boolean } | null, kill: () => void) {
  const first = standIn.requests.length;
  let died = false;
  standIn.onRequest = (n) => {
    if (death === null || (!died && n - first - 1 < death.at)) return;
    // The one it dies at is done or not; what it had sent beside it is lost with it.
    standIn.fail({ kind: "reset", after: !died && death.after });
    died = true;
    kill();
  };
  return {
    died: () => died,
    calls: (job: JobName): Call[] =>
      standIn.requests.slice(first).map(({ method, route, path, body }) => ({
        job,
        what: `${method} ${route}`,
        writes: isWrite(method, path, body),
      })),
    stop: () => {
      standIn.onRequest = null;
    },
  };
}

const artifactCall = (job: JobName, what: string, writes: boolean): Call => ({ job, what, writes });

type Life = { end: JobEnd; calls: Call[]; log: string; died: boolean };

function bring(stage: Stage, run: FlowRun, job: JobName, folders: JobFolders): void {
  const wanted = given[job];
  if (wanted) download(stage, run, artifacts[wanted], folders[wanted]);
}

/** Carries out one job, up to its end or its death. */
async function live(stage: Stage, run: FlowRun, job: JobName, death: Death | null): Promise<Life> {
  const before = given[job] ? [artifactCall(job, "download of the artifact", false)] : [];
  const lost: JobEnd = { result: "failure", work: "" };
  if (death && death.at < before.length) return { end: lost, calls: before, log: "", died: true };
  const { standIn, program, machines } = stage;
  const place = (folders: JobFolders): void => bring(stage, run, job, folders);
  let started: JobProcess | null = null;
  const shifted = death && { ...death, at: death.at - before.length };
  const watched = watch(stage, shifted, () => started?.kill());
  started = spawnJob({ standIn, program, machines, run, job, place });
  const { code, work, log } = await started.ended;
  watched.stop();
  const calls = [...before, ...watched.calls(job)];
  const saved = left[job];
  try {
    if (watched.died()) return { end: lost, calls, log, died: true };
    const end: JobEnd = { result: code === 0 ? "success" : "failure", work };
    if (!saved) return { end, calls, log, died: false };
    const dies = death !== null && death.at === calls.length;
    if (!dies || death.after) upload(stage, run, artifacts[saved], started.folders[saved]);
    calls.push(artifactCall(job, "upload of the artifact", true));
    return { end: dies ? lost : end, calls, log, died: dies };
  } finally {
    started.discard();
  }
}

function finish(stage: Stage, flow: Flow, run: FlowRun): void {
  const failed = Object.values(run.ends).some(({ result }) => result === "failure");
  const conclusion = failed ? "failure" : "success";
  Object.assign(recordOf(stage, run), { status: "completed", conclusion });
  flow.queue.splice(flow.queue.indexOf(run.id), 1);
}

/** The job that `advance` would carry out now. */
export function nextOf(flow: Flow): { run: FlowRun; job: JobName } | null {
  const run = flow.runs.find(({ id }) => id === flow.queue[0]);
  const job = run ? findNextJob(run) : null;
  return run && job ? { run, job } : null;
}

/** Carries out the next job of the first run that waits; null when none does. */
export async function advance(
  stage: Stage,
  flow: Flow,
  death: Death | null = null,
): Promise<JobStory | null> {
  const next = nextOf(flow);
  if (!next) return null;
  const { run, job } = next;
  const record = recordOf(stage, run);
  record.status = "in_progress";
  const { attempt } = run;
  const id = stage.standIn.actions.nextId();
  const listed: RunRecord["jobs"][number] = {
    ...{ id, name: `archwright / ${job}`, status: "in_progress", conclusion: null, attempt },
  };
  record.jobs.push(listed);
  const life = await live(stage, run, job, death);
  Object.assign(listed, { status: "completed", conclusion: life.end.result });
  run.ends[job] = life.end;
  if (findNextJob(run) === null) finish(stage, flow, run);
  const { calls, died, log } = life;
  return { name: `${run.id}.${run.attempt} ${job}`, calls, died, log };
}
