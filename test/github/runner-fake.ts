import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Account, Delivery, Rights, RunRecord, StandIn } from "./contract.ts";

/** As much of the stand-in as the runner's own tests need: a repository on disk, events by hand, tokens that are only remembered. */
export type Fake = {
  standIn: StandIn;
  /** Rights of every token that was minted, by the token. */
  tokens: Map<string, Rights>;
  deliver(event: string, payload: Record<string, unknown>, starts?: Delivery["starts"]): void;
  dispatch(path: string, inputs: Record<string, string>): RunRecord;
  /** Folder that stands for a checkout of this project. */
  archwright: string;
  /** Commits files to the default branch. */
  commit(files: Record<string, string>): void;
  close(): void;
};

export const ada: Account = { id: 7, login: "ada", type: "User" };

const git = (folder: string, ...parameters: string[]): string =>
  execFileSync("git", ["-C", folder, ...parameters], {
    encoding: "utf8",
    env: {
      ...process.env,
      GIT_AUTHOR_NAME: "a",
      GIT_AUTHOR_EMAIL: "a@b.c",
      GIT_COMMITTER_NAME: "a",
      GIT_COMMITTER_EMAIL: "a@b.c",
    },
  });

function write(folder: string, files: Record<string, string>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

function repository(folder: string, files: Record<string, string>): void {
  mkdirSync(folder, { recursive: true });
  git(folder, "init", "--quiet", "--initial-branch=main");
  write(folder, files);
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message=first");
}

/** `files` are the first commit of the repository, `project` those of this project's stand-in. */
export function openFake(
  files: Record<string, string>,
  project: Record<string, string> = {},
): Fake {
  const folder = mkdtempSync(join(tmpdir(), "archwright-runner-test-"));
  const work = join(folder, "work");
  const archwright = join(folder, "project");
  repository(work, files);
  repository(archwright, { "README.md": "project", ...project });
  const bare = join(folder, "git", "octo", "repo.git");
  mkdirSync(dirname(bare), { recursive: true });
  git(folder, "clone", "--quiet", "--bare", work, bare);
  git(work, "remote", "add", "origin", bare);
  const tokens = new Map<string, Rights>();
  const listeners = new Set<(delivery: Delivery) => void>();
  let id = 100;
  const actions: StandIn["actions"] = {
    runs: [],
    artifacts: [],
    secretNames: [],
    host: null,
    nextId: () => ++id,
    announce: () => {},
  };
  const known = {
    url: "http://127.0.0.1:9",
    gitUrl: `file://${join(folder, "git")}`,
    owner: "octo",
    repo: "repo",
    bare,
    defaultBranch: "main",
    actions,
    actionsToken: (rights: Rights) => {
      const token = `ghs_token-${++id}`;
      tokens.set(token, rights);
      return token;
    },
    expireToken: () => {},
    listen: (listener: (delivery: Delivery) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const base = {
    repository: { id: 5, default_branch: "main", full_name: "octo/repo" },
    sender: ada,
  };
  return {
    standIn: known as unknown as StandIn,
    tokens,
    archwright,
    deliver: (event, payload, starts = "runs") => {
      const delivery: Delivery = {
        id: String(++id),
        event,
        payload: { ...base, ...payload },
        headers: {},
        starts,
      };
      for (const listener of listeners) listener(delivery);
    },
    dispatch: (path, inputs) => {
      const time = "2026-01-01T00:00:00Z";
      const record: RunRecord = {
        id: ++id,
        attempt: 1,
        workflow: path,
        name: path,
        displayTitle: path,
        event: "workflow_dispatch",
        status: "queued",
        conclusion: null,
        headBranch: "main",
        headSha: git(bare, "rev-parse", "main").trim(),
        actor: ada,
        triggeringActor: ada,
        createdAt: time,
        updatedAt: time,
        startedAt: time,
        jobs: [],
      };
      actions.runs.push(record);
      actions.host?.dispatched(record, { ...base, inputs });
      return record;
    },
    commit: (more) => {
      write(work, more);
      git(work, "add", "--all");
      git(work, "commit", "--quiet", "--message=more");
      git(work, "push", "--quiet", "origin", "main");
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Copies a folder of the real checkout into the project's stand-in. */
export const copyInto = (fake: Fake, from: string, to: string): void =>
  cpSync(from, join(fake.archwright, to), { recursive: true });
