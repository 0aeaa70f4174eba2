import type { GitHubApi } from "../forge/github/api.ts";
import { replyComment } from "../forge/github/reply-comment.ts";
import { explainFailure } from "../shared/explain-failure.ts";
import type { Failure, FailureReason } from "../shared/failure.ts";
import { inert } from "../view/inert.ts";
import type { Log } from "./open-log.ts";
import type { JobEnd } from "./run-workers.ts";

/** Failures that are likely to pass by themselves. */
const passing: ReadonlySet<FailureReason> = new Set([
  "forge-unavailable",
  "ledger-conflict",
  "ledger-unavailable",
  "queue-unavailable",
  "git-failed",
  "disk-full",
  "unexpected",
  "interrupted",
]);

/** A limit of GitHub's is over within the hour; asking before only makes it longer. */
const limits: ReadonlySet<string> = new Set(["rate-limit", "secondary-rate-limit"]);
const LIMIT_MILLISECONDS = 10 * 60_000;

/** Starts of a job that meets a bug, or a fault of git's: more of them would only be more of the same. */
const MOST_STARTS = 5;
const stubborn: ReadonlySet<FailureReason> = new Set(["unexpected", "git-failed"]);

/** How a job ends that failed so: again where it may pass, else for good. */
export function endOf(failure: Failure): JobEnd {
  const { reason } = failure;
  if (reason === "forge-refused" && limits.has(failure.rule)) {
    return { kind: "again", failure, delay: LIMIT_MILLISECONDS };
  }
  if (!passing.has(reason)) return { kind: "done" };
  return { kind: "again", failure, ...(stubborn.has(reason) ? { most: MOST_STARTS } : {}) };
}

export type Told = {
  thread: number | null;
  /** What it answers: the same is told once. */
  key: string;
  failure: Failure;
  own: ReadonlySet<string>;
  log: Log;
};

/** Tells in a thread why nothing came of what somebody asked for. What cannot be told is in the log. */
export async function tellFailure(api: GitHubApi, told: Told): Promise<void> {
  const { thread, key, failure, own, log } = told;
  log.error({ failure }, "failed for good");
  // Under this name is another repository, or none: nobody there has asked.
  if (thread === null || (failure.reason === "forge-refused" && failure.rule === "gone")) return;
  const { what, remedy } = explainFailure(failure);
  // Words of GitHub, of a configuration or of a person may be in it.
  const reply = { key: `failed:${key}`, markdown: inert(`${what}\n\n${remedy}`) };
  const done = await replyComment(api, thread, reply, own);
  if (!done.ok) log.error({ failure: done.failure }, "it could not be told in the thread");
}
