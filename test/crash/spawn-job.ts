import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Rights, StandIn } from "../github/contract.ts";
import { type FlowRun, type JobName, workOf } from "./flow-state.ts";

export type JobFolders = { outcomes: string; handOver: string };
export type JobStart = {
  standIn: StandIn;
  /** The built Action. */
  program: string;
  /** Folder below which the job has its machine. */
  machines: string;
  run: FlowRun;
  job: JobName;
  /** Files that the job finds, before it starts. */
  place: (folders: JobFolders) => void;
};
export type JobProcess = {
  /** Ends it at once, with everything that it has started. */
  kill: () => void;
  ended: Promise<{ code: number | null; work: string; log: string }>;
  folders: JobFolders;
  /** Throws the machine away. */
  discard: () => void;
};

const writing: Rights = {
  metadata: "read",
  contents: "write",
  issues: "write",
  pull_requests: "write",
  statuses: "write",
  actions: "write",
};
const rights: Readonly<Record<JobName, Rights>> = {
  route: writing,
  checks: { metadata: "read", contents: "read" },
  phase: { metadata: "read", contents: "read", issues: "read", pull_requests: "read" },
  publish: writing,
};

const git = (folder: string, ...parameters: string[]): void =>
  void execFileSync("git", ["-C", folder, ...parameters], { stdio: "ignore" });

/** What `actions/checkout` leaves: a clone without credentials. */
function checkOut({ bare, defaultBranch }: StandIn, folder: string): void {
  git(folder, "init", "--quiet", "--initial-branch=empty");
  git(folder, "fetch", "--quiet", "--no-tags", bare, "+refs/heads/*:refs/remotes/origin/*");
  git(folder, "checkout", "--quiet", "-B", defaultBranch, `refs/remotes/origin/${defaultBranch}`);
}

function inputsOf({ standIn, run, job }: JobStart, folders: JobFolders): Record<string, string> {
  const inputs = {
    job,
    "github-token": standIn.actionsToken(rights[job]),
    work: job === "route" ? run.work : workOf(run),
    "phase-result": run.ends.phase?.result ?? "",
    "checks-result": run.ends.checks?.result ?? "",
    outcomes: folders.outcomes,
    "hand-over": folders.handOver,
  };
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
}

function environmentOf({ standIn, run, machines }: JobStart, machine: string, workspace: string) {
  const repository = `${standIn.owner}/${standIn.repo}`;
  return {
    PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ""}`,
    HOME: join(machine, "home"),
    RUNNER_TEMP: join(machine, "temp"),
    NODE_COMPILE_CACHE: join(machines, "compiled"),
    GITHUB_ACTIONS: "true",
    GITHUB_REPOSITORY: repository,
    GITHUB_RUN_ID: String(run.id),
    GITHUB_RUN_ATTEMPT: String(run.attempt),
    GITHUB_WORKFLOW_REF: `${repository}/.github/workflows/archwright.yml@refs/heads/main`,
    GITHUB_API_URL: standIn.url,
    GITHUB_SERVER_URL: standIn.gitUrl,
    GITHUB_EVENT_NAME: run.event,
    GITHUB_EVENT_PATH: join(machine, "temp/event.json"),
    GITHUB_TRIGGERING_ACTOR: run.triggeringActor,
    GITHUB_WORKSPACE: workspace,
    GITHUB_OUTPUT: join(machine, "temp/output"),
  };
}

const readOutput = (file: string, name: string): string => {
  const block = new RegExp(`^${name}<<(.+)\n([\\s\\S]*?)\n\\1$`, "m").exec(
    readFileSync(file, "utf8"),
  );
  return block?.[2] ?? "";
};

/** Starts the built Action for one job as the runner does: in a process of its own, with a machine, a checkout and a token of its own. */
export function spawnJob(start: JobStart): JobProcess {
  const machine = mkdtempSync(join(start.machines, `${start.job}-`));
  const workspace = join(machine, "workspace");
  for (const name of ["home", "temp", "workspace"]) mkdirSync(join(machine, name));
  if (start.job !== "route") checkOut(start.standIn, workspace);
  const folders = {
    outcomes: join(machine, "temp/outcomes"),
    handOver: join(machine, "temp/hand-over"),
  };
  start.place(folders);
  writeFileSync(join(machine, "temp/event.json"), JSON.stringify(start.run.payload));
  writeFileSync(join(machine, "temp/output"), "");
  const child = spawn(process.execPath, [start.program], {
    cwd: workspace,
    env: { ...environmentOf(start, machine, workspace), ...inputsOf(start, folders) },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (part: Buffer) => {
      log += part.toString();
    });
  }
  const ended = new Promise<{ code: number | null; work: string; log: string }>((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) =>
      done({ code, work: readOutput(join(machine, "temp/output"), "work"), log }),
    );
  });
  return {
    kill: () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      } catch {
        // It has ended by itself meanwhile.
      }
    },
    ended,
    folders,
    discard: () => rmSync(machine, { recursive: true, force: true, maxRetries: 3 }),
  };
}
