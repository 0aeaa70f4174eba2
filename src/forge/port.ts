import type { Result } from "../shared/result.ts";

/** Longest comment that stays one. A document in a longer one stands in parts, and cannot be edited there. */
export const LONGEST_COMMENT = 60_000;

/** A new comment of the thread, keyed so that showing it twice changes nothing. */
export type ViewComment = {
  /** Stable key, e.g. `plan-main-2`, `review-01-1-3f2a9c1b0d4e`. Letters, digits, `_`, `.` and `-`. */
  key: string;
  markdown: string;
  /**
   * Place of the event that it tells, counted from 0 in the ledger. Comments are made in this order, so one that is missing below
   * the highest one that exists was deleted by a person, and stays deleted.
   */
  at: number;
  /**
   * A later revision replaces it: hidden as outdated where the forge can, else collapsed. Its `markdown` is what it was before.
   */
  superseded: boolean;
  /** Ledger name of the document that the comment holds whole, for a person to edit; null for all others. */
  document: string | null;
  /** What a forge shows in its place, that folds what is long and hides what is superseded; a terminal has just shown the rest. */
  hosted?: string;
  /**
   * What is left to say in the issue once the pull request of that spec carries the review of that key: a headline, to which the forge
   * adds the pull request; null is nothing, where another comment has that headline.
   */
  onPull?: { spec: string; review: string; brief: string | null };
};

/** A remark at lines of the head (the right side of the diff). */
export type ViewAnchor = { path: string; line: number; endLine: number | null; markdown: string };

/** A scored review as it should stand on the pull request. */
export type ViewReview = {
  key: string;
  /** Head that was reviewed. */
  head: string;
  /** What the score means; which event the forge may use depends on its identity. */
  verdict: "accepted" | "changes-requested";
  markdown: string;
  anchors: readonly ViewAnchor[];
};

/** What a head's status (or check run) says. Always about `head` exactly. */
export type ViewCheck = {
  head: string;
  state: "pending" | "success" | "failure";
  /** At most 140 characters, plain text. */
  title: string;
  /** Markdown of a check run's summary. */
  summary: string;
  annotations: readonly ViewAnchor[];
};

/** The pull request of one spec. There is one as soon as its branch has been published. */
export type ViewPullRequest = {
  spec: string;
  branch: string;
  /** Head that the branch was published at. */
  head: string;
  /** Branch it is to be merged into; null is the repository's default branch. */
  base: string | null;
  /** Commit that the work began on: remarks stand at lines that differ from it. */
  since?: string;
  title: string;
  body: string;
  draft: boolean;
  /** False once it was closed or merged by a person: it is not opened again. */
  open: boolean;
  /** Latest first is not promised: the order is that of the ledger. */
  reviews: readonly ViewReview[];
  check: ViewCheck;
};

/** What the forge should show for one issue; the output of the pure view, the input of reconcile. */
export type View = {
  issue: number;
  /** The one status comment, edited in place. */
  status: string;
  /** The run that works on it, or did so last, such as `actions:<id>:<attempt>`; null where none is known. */
  run?: string | null;
  comments: readonly ViewComment[];
  /** Labels that we own, as display. */
  labels: readonly string[];
  pullRequests: readonly ViewPullRequest[];
};

export type StandingAnswer = {
  role: "admin" | "maintain" | "write" | "triage" | "read" | "none";
  intact: boolean;
  /** True when it is not intact because the comment is gone, rather than edited. */
  deleted?: boolean;
  /** True when it could not be asked: it counts for nothing now, and is not taken back for that. */
  unproven?: boolean;
};

/** Enough of a lease to ask after its run. */
export type RunningLease = { runId: string; nonce: string; startedAt: string };

/** What reconcile did. `notes` are sentences for the log and the job summary: what a person forbids or a setting refuses. */
export type Reconciled = { writes: number; notes: readonly string[] };

/** One short answer to what a person said: a refusal with its remedy, `/status`, `/help`. */
export type Reply = {
  /** Source of the trigger: answering it twice makes one comment. */
  key: string;
  markdown: string;
};

/** The way to where people are: GitHub, or a terminal over a local repository. */
export interface Forge {
  readonly name: string;
  /** Proves an approval again from the person's own comment and their permission now. Fails closed. */
  standing(
    issue: number,
    approval: { comment: string; actorId: string; planHash: string },
  ): Promise<StandingAnswer>;
  /** Whether the run that holds a lease is still there. `unknown` leaves the time limit to decide. */
  isRunAlive(lease: RunningLease): Promise<"alive" | "gone" | "unknown">;
  /** Makes the thread equal to the view. Running it again changes nothing. */
  reconcile(view: View): Promise<Result<Reconciled>>;
  /** Answers in the thread of an issue or pull request, once per key. */
  reply(thread: number, reply: Reply): Promise<Result<void>>;
  /** Shows on the person's own comment that it was seen, and how it ended. Never fails the work: a refusal to react is only noted. */
  acknowledge(comment: string, sign: "seen" | "accepted" | "refused"): Promise<void>;
}
