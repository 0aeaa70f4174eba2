import type { Account, Run, RunnerOptions, RunRecord } from "./contract.ts";
import type { openGroups } from "./runner-concurrency.ts";
import type { JobState } from "./runner-job-state.ts";
import type { Json } from "./workflow-expression.ts";

export type Result = "success" | "failure" | "cancelled" | "skipped";
export type JobEnd = { result: Result; outputs: Record<string, string> };

/** What every run of this runner shares. */
export type Host = {
  options: RunnerOptions;
  groups: ReturnType<typeof openGroups>;
  /** Folder of all workspaces. */
  folder: string;
  /** Commit of this project, as the workflow that is called. */
  archwrightSha: string;
};

/** A run from its event on; an attempt changes only what is said below. */
export type RunState = {
  host: Host;
  record: RunRecord;
  /** What tests read. */
  shown: Run;
  event: string;
  payload: Record<string, unknown>;
  /** Inputs of a dispatch. */
  inputs: Record<string, Json>;
  workflowPath: string;
  sha: string;
  ref: string;
  actor: Account;
  /** Secrets that the run may know; none where a fork caused it. */
  secrets: Readonly<Record<string, string>>;
  fork: boolean;
  number: number;
  /** Of this attempt. */
  cancelled: boolean;
  /** Called when it is cancelled, for those that wait for a turn. */
  waiting: Set<() => void>;
  active: Set<JobState>;
  /** How each job ended, by its name; what a re-run of the failed ones keeps. */
  ends: Map<string, JobEnd>;
  keep: ReadonlyMap<string, JobEnd>;
};
