import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Account, Delivery, Run, Runner, RunnerOptions, RunRecord } from "./contract.ts";
import { type Beginning, beginAttempt, beginRun, now } from "./runner-begin.ts";
import { openGroups } from "./runner-concurrency.ts";
import { stopJob } from "./runner-job.ts";
import { executeRun, NotStarted, type ReadFile } from "./runner-run.ts";
import type { Host, RunState } from "./runner-state.ts";
import { isStartedBy, readInputs, readWorkflow } from "./workflow-definition.ts";
import { type Json, resolve } from "./workflow-expression.ts";
import { readWorkflowRoot } from "./workflow-source.ts";

/** What the parts of a runner share. */
type Bench = {
  host: Host;
  read: ReadFile;
  states: Map<number, RunState>;
  shown: Run[];
  busy: Set<Promise<void>>;
};

const git = (folder: string, ...parameters: string[]): string =>
  execFileSync("git", ["-C", folder, ...parameters], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });

const readFileAt =
  (bare: string): ReadFile =>
  (sha, path) => {
    try {
      return git(bare, "show", `${sha}:${path}`);
    } catch {
      return null;
    }
  };

const headOf = ({ host }: Bench, branch: string): string =>
  git(host.options.standIn.bare, "rev-parse", `refs/heads/${branch}`).trim();

function track(bench: Bench, work: Promise<void>): void {
  const tracked: Promise<void> = work.finally(() => bench.busy.delete(tracked));
  bench.busy.add(tracked);
}

/** Brings one attempt of a run to its end; never throws. */
async function carryOut(run: RunState, read: ReadFile): Promise<void> {
  const { record, shown } = run;
  const { actions } = run.host.options.standIn;
  actions.announce(record, "requested");
  try {
    shown.conclusion = await executeRun(run, read);
  } catch (error) {
    shown.conclusion = error instanceof NotStarted ? "startup_failure" : "failure";
    shown.errors.push((error as Error).message);
  }
  shown.status = "completed";
  record.status = "completed";
  record.conclusion = shown.conclusion;
  record.updatedAt = now();
  actions.announce(record, "completed");
}

function launch(bench: Bench, run: RunState): void {
  bench.states.set(run.record.id, run);
  bench.shown.push(run.shown);
  track(bench, carryOut(run, bench.read));
}

const begin = (bench: Bench, start: Beginning): RunState =>
  beginRun(bench.host, start, { number: bench.states.size + 1, read: bench.read });

/** Starts every workflow of the default branch that this event starts. Whether it is valid is found when it runs. */
function startFor(
  bench: Bench,
  { event, payload, starts }: Pick<Delivery, "event" | "payload" | "starts">,
): void {
  const { standIn } = bench.host.options;
  const sha = headOf(bench, standIn.defaultBranch);
  const listed = git(standIn.bare, "ls-tree", "--name-only", sha, ".github/workflows/").split("\n");
  const actor = payload.sender as Account;
  for (const path of listed.filter((name) => /\.ya?ml$/.test(name))) {
    const root = readWorkflowRoot(path, bench.read(sha, path) ?? "");
    const workflow = readWorkflow(path, { errors: [], root });
    if (!isStartedBy(workflow, event, payload.action)) continue;
    const run = begin(bench, { event, payload, path, sha, actor });
    if (starts === "runs") launch(bench, run);
    else Object.assign(run.record, { status: "completed", conclusion: "action_required" });
  }
}

/** A `pull_request` webhook is two events of workflows: one of the merge, one of the target, which is never parked. */
const eventsOf = (event: string, starts: Delivery["starts"]): string[] =>
  event === "pull_request" && starts === "runs" ? [event, "pull_request_target"] : [event];

function hear(bench: Bench, { event: name, payload, starts }: Delivery): void {
  if (starts === "nothing" || name === "workflow_dispatch") return;
  for (const event of eventsOf(name, starts)) startFor(bench, { event, payload, starts });
}

function dispatched(bench: Bench, record: RunRecord, payload: Record<string, unknown>): void {
  const { workflow: path, actor } = record;
  const sha = record.headSha || headOf(bench, record.headBranch);
  const root = readWorkflowRoot(path, bench.read(sha, path) ?? "");
  const known = readInputs(readWorkflow(path, { errors: [], root }), "workflow_dispatch");
  const given = (payload.inputs ?? {}) as Record<string, Json>;
  const inputs = Object.fromEntries(
    Object.entries(known).map(([name, { default: usual }]) => [
      name,
      given[name] ?? resolve(usual ?? "", { contexts: {} }) ?? "",
    ]),
  );
  const event = "workflow_dispatch";
  launch(bench, begin(bench, { event, payload, path, sha, actor, record, inputs }));
}

function cancelRun({ states }: Bench, record: RunRecord): boolean {
  const run = states.get(record.id);
  if (!run || record.status === "completed") return false;
  run.cancelled = true;
  for (const job of run.active) stopJob(job);
  for (const wake of run.waiting) wake();
  return true;
}

function rerunRun(bench: Bench, record: RunRecord, which: "all" | "failed", by: Account): void {
  const old = bench.states.get(record.id);
  if (!old || record.status !== "completed") throw new Error("This run is already running");
  launch(bench, beginAttempt(old, which, by));
}

const idle = async ({ busy }: Bench): Promise<void> => {
  while (busy.size > 0) await Promise.allSettled([...busy]);
};

function recordOf({ states }: Bench, id: number): RunRecord {
  const run = states.get(id);
  if (!run) throw new Error(`there is no run ${id}`);
  return run.record;
}

/** The button of the page, by somebody whom the API may refuse. */
async function pressRerun(
  bench: Bench,
  id: number,
  by: string,
  which: "all" | "failed",
): Promise<void> {
  const { standIn } = bench.host.options;
  const button = which === "all" ? "rerun" : "rerun-failed-jobs";
  const { id: run } = recordOf(bench, id);
  const path = `/repos/${standIn.owner}/${standIn.repo}/actions/runs/${run}/${button}`;
  const authorization = `Bearer ${standIn.userToken(by)}`;
  const headers = { authorization, accept: "application/vnd.github+json" };
  const answer = await fetch(standIn.url + path, { method: "POST", headers });
  if (answer.status !== 201) {
    throw new Error(`re-run refused: ${answer.status} ${await answer.text()}`);
  }
}

function openBench(options: RunnerOptions): Bench {
  const folder = mkdtempSync(join(tmpdir(), "archwright-runner-"));
  const archwrightSha = git(options.archwright, "rev-parse", "HEAD").trim();
  return {
    host: { options, groups: openGroups(), folder, archwrightSha },
    read: readFileAt(options.standIn.bare),
    states: new Map(),
    shown: [],
    busy: new Set(),
  };
}

async function close(bench: Bench, deafen: () => void): Promise<void> {
  deafen();
  bench.host.options.standIn.actions.host = null;
  for (const run of bench.states.values()) {
    cancelRun(bench, run.record);
    for (const job of run.active) job.lost = true;
  }
  await idle(bench);
  rmSync(bench.host.folder, { recursive: true, force: true });
}

/** Starts interpreting the workflows of the stand-in's default branch, until it is closed. */
export async function openRunner(options: RunnerOptions): Promise<Runner> {
  const { standIn, secrets } = options;
  const bench = openBench(options);
  standIn.actions.secretNames.splice(0, Number.POSITIVE_INFINITY, ...Object.keys(secrets));
  standIn.actions.host = {
    dispatched: (record, payload) => dispatched(bench, record, payload),
    cancel: (record) => cancelRun(bench, record),
    rerun: (record, which, by) => rerunRun(bench, record, which, by),
  };
  const deafen = standIn.listen((delivery) => hear(bench, delivery));
  return {
    runs: bench.shown,
    idle: () => idle(bench),
    rerun: (id, by, which) => pressRerun(bench, id, by, which),
    cancel: async (id) => {
      if (!cancelRun(bench, recordOf(bench, id))) throw new Error(`run ${id} has ended`);
    },
    schedule: () => {
      const sender = { id: 1, login: standIn.owner, type: "User" };
      const payload = { schedule: "17 * * * *", sender };
      startFor(bench, { event: "schedule", payload, starts: "runs" });
    },
    close: () => close(bench, deafen),
  };
}
