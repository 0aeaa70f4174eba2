import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Account, Delivery, Run, Runner, RunnerOptions, RunRecord } from "./contract.ts";
import { openGroups } from "./runner-concurrency.ts";
import { stopJob } from "./runner-job.ts";
import { executeRun, NotStarted, type ReadFile } from "./runner-run.ts";
import type { Host, RunState } from "./runner-state.ts";
import { isStartedBy, readInputs, readWorkflow } from "./workflow-definition.ts";
import { type Json, resolve } from "./workflow-expression.ts";
import { parseWorkflowSource } from "./workflow-source.ts";

const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, "Z");

const git = (folder: string, ...parameters: string[]): string =>
  execFileSync("git", ["-C", folder, ...parameters], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });

const workflowFolder = ".github/workflows";

/** A `pull_request` webhook is two events of workflows: one of the merge, one of the target. */
const eventsOf = (event: string): string[] =>
  event === "pull_request" ? ["pull_request", "pull_request_target"] : [event];

const readFileAt =
  (bare: string): ReadFile =>
  (sha, path) => {
    try {
      return git(bare, "show", `${sha}:${path}`);
    } catch {
      return null;
    }
  };

/** A head that lives in another repository, for the events that GitHub runs with less then. */
function isFork(event: string, payload: Record<string, unknown>): boolean {
  if (event !== "pull_request" && event !== "pull_request_review") return false;
  const pull = payload.pull_request as {
    head?: { repo?: { full_name?: string } | null };
    base?: { repo?: { full_name?: string } };
  };
  return pull?.head?.repo?.full_name !== pull?.base?.repo?.full_name;
}

type Beginning = {
  event: string;
  payload: Record<string, unknown>;
  path: string;
  sha: string;
  actor: Account;
  record?: RunRecord;
  inputs?: Record<string, Json>;
};

function beginRun(host: Host, start: Beginning, number: number): RunState {
  const { standIn, secrets } = host.options;
  const time = now();
  const record = start.record ?? {
    id: standIn.actions.nextId(),
    attempt: 1,
    workflow: start.path,
    name: start.path,
    displayTitle: start.path,
    event: start.event,
    status: "queued" as const,
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
  if (!start.record) standIn.actions.runs.push(record);
  const fork = isFork(start.event, start.payload);
  const shown: Run = {
    id: record.id,
    attempt: 1,
    event: start.event,
    status: "queued",
    conclusion: null,
    title: record.displayTitle,
    errors: [],
    jobs: [],
  };
  return {
    host,
    record,
    shown,
    event: start.event,
    payload: start.payload,
    inputs: start.inputs ?? {},
    workflowPath: start.path,
    sha: start.sha,
    ref: `refs/heads/${record.headBranch}`,
    actor: start.actor,
    secrets: fork ? {} : secrets,
    fork,
    number,
    cancelled: false,
    active: new Set(),
    ends: new Map(),
    keep: new Map(),
  };
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
  Object.assign(record, { status: "completed", conclusion: shown.conclusion, updatedAt: now() });
  actions.announce(record, "completed");
}

/** Starts interpreting the workflows of the stand-in's default branch, until it is closed. */
export async function openRunner(options: RunnerOptions): Promise<Runner> {
  const { standIn } = options;
  const folder = mkdtempSync(join(tmpdir(), "archwright-runner-"));
  const archwrightSha = git(options.archwright, "rev-parse", "HEAD").trim();
  const host: Host = { options, groups: openGroups(), folder, archwrightSha };
  const read = readFileAt(standIn.bare);
  const states = new Map<number, RunState>();
  const shown: Run[] = [];
  const busy = new Set<Promise<void>>();
  const head = (branch: string): string =>
    git(standIn.bare, "rev-parse", `refs/heads/${branch}`).trim();

  const track = (work: Promise<void>): void => {
    const tracked = work.finally(() => busy.delete(tracked));
    busy.add(tracked);
  };
  const launch = (start: Beginning): void => {
    const run = beginRun(host, start, states.size + 1);
    states.set(run.record.id, run);
    shown.push(run.shown);
    track(carryOut(run, read));
  };

  /** Workflow files of the default branch with this event, parsed; a file that does not parse starts for every event, and fails. */
  const begin = async (
    event: string,
    payload: Record<string, unknown>,
    actor: Account,
    parked: boolean,
  ): Promise<void> => {
    const sha = head(standIn.defaultBranch);
    const listed = git(standIn.bare, "ls-tree", "--name-only", sha, `${workflowFolder}/`).split(
      "\n",
    );
    for (const path of listed.filter((name) => /\.ya?ml$/.test(name))) {
      const source = await parseWorkflowSource(path, read(sha, path) ?? "");
      const workflow = readWorkflow(path, source);
      const wanted = source.errors.length > 0 || isStartedBy(workflow, event, payload.action);
      if (!wanted) continue;
      if (!parked) launch({ event, payload, path, sha, actor });
      else {
        const run = beginRun(host, { event, payload, path, sha, actor }, states.size + 1);
        Object.assign(run.record, { status: "completed", conclusion: "action_required" });
      }
    }
  };

  const hear = (delivery: Delivery): void => {
    if (delivery.starts === "nothing" || delivery.event === "workflow_dispatch") return;
    const sender = delivery.payload.sender as Account;
    const parked = delivery.starts === "parked";
    for (const event of eventsOf(delivery.event))
      track(begin(event, delivery.payload, sender, parked));
  };

  const dispatched = async (record: RunRecord, payload: Record<string, unknown>): Promise<void> => {
    const sha = record.headSha || head(record.headBranch);
    const source = await parseWorkflowSource(record.workflow, read(sha, record.workflow) ?? "");
    const workflow = readWorkflow(record.workflow, source);
    const given = (payload.inputs ?? {}) as Record<string, Json>;
    const inputs = Object.entries(readInputs(workflow, "workflow_dispatch")).map(
      ([name, input]) => [
        name,
        given[name] ?? resolve(input.default ?? "", { contexts: {} }) ?? "",
      ],
    );
    launch({
      event: "workflow_dispatch",
      payload,
      path: record.workflow,
      sha,
      actor: record.actor,
      record,
      inputs: Object.fromEntries(inputs),
    });
  };

  const cancelRun = (record: RunRecord): boolean => {
    const run = states.get(record.id);
    if (!run || record.status === "completed") return false;
    run.cancelled = true;
    for (const job of run.active) stopJob(job);
    return true;
  };

  const rerunRun = (record: RunRecord, which: "all" | "failed", by: Account): void => {
    const old = states.get(record.id);
    if (!old || record.status !== "completed")
      throw new Error("This workflow run is already running");
    Object.assign(record, {
      attempt: record.attempt + 1,
      status: "queued",
      conclusion: null,
      triggeringActor: by,
      startedAt: now(),
      jobs: [],
    });
    const run: RunState = {
      ...old,
      shown: {
        ...old.shown,
        attempt: record.attempt,
        status: "queued",
        conclusion: null,
        errors: [],
        jobs: [],
      },
      cancelled: false,
      active: new Set(),
      keep: which === "failed" ? old.ends : new Map(),
      ends: new Map(),
    };
    states.set(record.id, run);
    shown.push(run.shown);
    track(carryOut(run, read));
  };

  standIn.actions.secretNames.splice(0, Infinity, ...Object.keys(options.secrets));
  standIn.actions.host = {
    dispatched: (record, payload) => track(dispatched(record, payload)),
    cancel: cancelRun,
    rerun: rerunRun,
  };
  const deafen = standIn.listen(hear);

  const idle = async (): Promise<void> => {
    while (busy.size > 0) await Promise.allSettled([...busy]);
  };
  const recordOf = (id: number): RunRecord => {
    const run = states.get(id);
    if (!run) throw new Error(`there is no run ${id}`);
    return run.record;
  };
  return {
    runs: shown,
    idle,
    rerun: async (id, by, which) => {
      const path = `/repos/${standIn.owner}/${standIn.repo}/actions/runs/${recordOf(id).id}/${which === "all" ? "rerun" : "rerun-failed-jobs"}`;
      const headers = {
        authorization: `Bearer ${standIn.userToken(by)}`,
        accept: "application/vnd.github+json",
      };
      const answer = await fetch(standIn.url + path, { method: "POST", headers });
      if (answer.status !== 201)
        throw new Error(`re-run refused: ${answer.status} ${await answer.text()}`);
    },
    cancel: async (id) => {
      if (!cancelRun(recordOf(id))) throw new Error(`run ${id} has ended`);
    },
    schedule: () => {
      const account = { id: 1, login: standIn.owner, type: "User" } as const;
      track(begin("schedule", { schedule: "17 * * * *" }, account, false));
    },
    close: async () => {
      deafen();
      standIn.actions.host = null;
      for (const run of states.values())
        if (run.record.status !== "completed") cancelRun(run.record);
      await idle();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
