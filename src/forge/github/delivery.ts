import type { Issue } from "../../workflow/trigger.ts";

/** Who caused an event, as the payload says. What they may do is asked of the permission endpoint, never read from here. */
export type Sender = { id: string; login: string; kind: "person" | "bot" };

export type DeliveredComment = {
  id: string;
  body: string;
  author: Sender;
  createdAt: string;
  updatedAt: string;
};

export type DeliveredPull = {
  number: number;
  authorId: string;
  branch: string;
  head: string;
  /** True when the head lives in another repository. */
  fork: boolean;
  baseBranch: string;
};

/**
 * A webhook or the event of a workflow run, read once. Nothing behind it sees a payload. `source` names what happened by its nature
 * (comment id and time, label and time), so that the webhook and the workflow event of one act, and a redelivery, are one source.
 */
export type Delivery = { source: string; sender: Sender; repositoryId: string } & (
  | { kind: "labeled"; label: string; issue: Issue }
  /** `issue` is null for a comment on a pull request: it belongs to the issue of its branch. */
  | {
      kind: "comment";
      action: "created" | "edited" | "deleted";
      thread: number;
      issue: Issue | null;
      comment: DeliveredComment;
    }
  | {
      kind: "review";
      pull: DeliveredPull;
      review: {
        id: string;
        state: "approved" | "changes-requested" | "commented";
        body: string;
        head: string;
        submittedAt: string;
      };
    }
  | { kind: "pull-closed"; pull: DeliveredPull; merged: boolean }
  | { kind: "pull-pushed"; pull: DeliveredPull }
  | { kind: "pull-retargeted"; pull: DeliveredPull; from: string }
  /** The issue is gone or moved: transferred, deleted. */
  | { kind: "issue-gone"; issue: number; how: "transferred" | "deleted" }
  | { kind: "run-completed"; run: string; attempt: number; conclusion: string }
  /** A schedule or a person's press of "Run workflow" without input: look after everything that is open. */
  | { kind: "sweep" }
);

/** Why an event is nothing for us: said in the log and the job summary. */
export type Ignored = { kind: "ignored"; why: string };
