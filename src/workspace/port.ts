import type { Tool } from "../model/port.ts";
import type { Result } from "../shared/result.ts";

/** A file of a git tree. */
export type FileEntry = {
  path: string;
  /** Id of its content in git: the same content has the same id, wherever it lies. */
  id: string;
  bytes: number;
  kind: "file" | "executable" | "symlink" | "submodule";
};

/** A file's content: text in UTF-8, or the word that it is binary (NUL byte, not UTF-8, or larger than the limit). */
export type FileContent = { kind: "text"; text: string } | { kind: "binary"; bytes: number };

/** A read-only view of one commit. It never runs code and needs no checkout. */
export interface Snapshot {
  readonly commit: string;
  list(): Promise<FileEntry[]>;
  /** null when there is no such file. Paths use `/` and are relative to the root. */
  read(path: string): Promise<FileContent | null>;
  /** Lines that contain `pattern` (extended regular expression), at most `limit`, in files under `scope` globs ([] is everything). */
  grep(
    pattern: string,
    scope: readonly string[],
    limit: number,
  ): Promise<{ path: string; line: number; text: string }[]>;
}

/** A snapshot of a local clone, with its past: what an index of the code is made of. */
export interface IndexableSnapshot extends Snapshot {
  /** The contents of these ids, in their order, as bytes. One that cannot be read is `null`, and the rest go on. */
  readAll(ids: readonly string[], signal?: AbortSignal): AsyncIterable<Uint8Array | null>;
  /** What changed together up to this commit, newest first. */
  history(options: { most: number }): Promise<History>;
  /** A place for what can be made again. */
  readonly cache: Cache;
}

/** A commit of the past: merges are left out, and so is what a commit renamed without a change. */
export type PastCommit = {
  id: string;
  /** Seconds since 1970, of the committer. */
  at: number;
  /** First line of its message. */
  subject: string;
  paths: readonly string[];
};

export type History = {
  commits: readonly PastCommit[];
  /** Whether the past was cut off by a shallow clone: what is missing then is not known. */
  shallow: boolean;
};

/**
 * Bytes by name that can be made again at any time. Reading never fails: what cannot be read is not there. Writing is
 * atomic and tells by `false` that it could not be done (a full disk, a read-only folder). Names are `[a-z0-9.-]+`.
 */
export interface Cache {
  list(): Promise<string[]>;
  read(name: string): Promise<Uint8Array | null>;
  write(name: string, bytes: Uint8Array): Promise<boolean>;
  remove(name: string): Promise<void>;
}

export type ChangedFile = {
  path: string;
  /** Former path of a renamed file. */
  from: string | null;
  status: "added" | "modified" | "deleted" | "renamed";
  added: number;
  removed: number;
  binary: boolean;
};

/** How a command ended. Output is kept to a limit: its beginning and end, with what was left out said. */
export type CommandOutcome = {
  name: string;
  command: string;
  ended: "exited" | "timed-out" | "cancelled" | "not-started";
  exitCode: number | null;
  seconds: number;
  output: string;
  /** Bytes that the command wrote in all. */
  outputBytes: number;
};

export const passed = (outcome: CommandOutcome): boolean =>
  outcome.ended === "exited" && outcome.exitCode === 0;

export type CommandLimits = { seconds: number; outputBytes: number };

/** A checkout of its own, apart from the user's work tree. Every path is checked against the path policy. */
export interface Worktree {
  /** Absolute path. Only adapters and confined tools use it. */
  readonly directory: string;
  /** Commit that the worktree stands on (moves with `commit`). */
  head(): Promise<string>;
  /** Runs a shell command of the configuration in isolation, with an empty environment. Never throws for its failure. */
  run(
    name: string,
    command: string,
    limits: CommandLimits,
    signal: AbortSignal,
  ): Promise<CommandOutcome>;
  read(path: string): Promise<Result<FileContent | null>>;
  write(path: string, text: string): Promise<Result<void>>;
  remove(path: string): Promise<Result<void>>;
  move(from: string, to: string): Promise<Result<void>>;
  /** Confined file tools for a model: read, write, edit, find, search. No shell; the path policy holds. */
  tools(): readonly Tool[];
  /** Paths that differ from the head, ignored files left out. */
  changes(): Promise<string[]>;
  /**
   * Commits everything that changed but `except` (exact paths, e.g. what an install left behind); null when nothing did.
   * Refuses paths outside the policy. With `whatCan`, what git cannot hold (a named pipe, a repository without a commit) is left
   * out instead of failing: for work that is kept after a failure.
   */
  commit(
    message: string,
    options?: { except?: readonly string[]; whatCan?: boolean },
  ): Promise<Result<string | null>>;
  /** Removes the checkout. Commits stay. */
  close(): Promise<void>;
}

/** The way to a repository's files and to running its commands. The user's own work tree and branch are never touched. */
export interface Workspace {
  /** Resolves a revision to a commit. */
  resolve(revision: string): Promise<Result<string>>;
  snapshot(commit: string): IndexableSnapshot;
  /** A new worktree on `commit`, detached. `allow`: paths (globs) that the path policy would refuse but the caller owns. */
  open(commit: string, options?: { allow?: readonly string[] }): Promise<Result<Worktree>>;
  changed(base: string, head: string): Promise<ChangedFile[]>;
  /** Unified diff, with `context` lines, cut at `limit` bytes (said in the text when cut). */
  diff(
    base: string,
    head: string,
    options?: { paths?: readonly string[]; limit?: number },
  ): Promise<string>;
  /** Commits from `base` (exclusive) to `head`, oldest first. */
  commits(base: string, head: string): Promise<{ sha: string; subject: string }[]>;
  /**
   * Makes `branch` point at `head`; `from` is the head it must have, null for none. Created or moved forward; only
   * with `replace` may what it had be left behind, which is for work of ours that is kept elsewhere.
   */
  publish(
    branch: string,
    head: string,
    from: string | null,
    options?: { replace: boolean },
  ): Promise<Result<void>>;
  /** Commit of a branch, or null. */
  branchHead(branch: string): Promise<string | null>;
  /** Keeps unfinished work reachable at `refs/archwright/work/<name>`. */
  keep(name: string, commit: string): Promise<Result<void>>;
}
