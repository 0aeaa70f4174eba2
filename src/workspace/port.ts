import type { Tool } from "../model/port.ts";
import type { Result } from "../shared/result.ts";

/** A file of a git tree. */
export type FileEntry = {
  path: string;
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
  snapshot(commit: string): Snapshot;
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
