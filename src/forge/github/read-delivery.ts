import type { z } from "zod";
import { fail, type Result, succeed } from "../../shared/result.ts";
import type { Issue } from "../../workflow/trigger.ts";
import type { DeliveredPull, Delivery, Ignored, Sender } from "./delivery.ts";
import {
  type Account,
  commentPayload,
  type IssueInPayload,
  issuesPayload,
  type PullInPayload,
  pullPayload,
  type Repository,
  reviewPayload,
  runPayload,
  sweepPayload,
} from "./payload.ts";

/** GitHub's own account for things whose author was deleted. */
const ghost: Account = { id: "10137", login: "ghost", type: "User" };

const senderOf = ({ id, login, type }: Account): Sender => ({
  id,
  login,
  kind: type === "User" ? "person" : "bot",
});

const issueOf = (issue: IssueInPayload, repository: Repository): Issue => {
  const { id, login } = issue.user ?? ghost;
  return {
    repository: { id: repository.id, name: repository.full_name },
    id: issue.id,
    number: issue.number,
    title: issue.title,
    body: issue.body,
    requester: { id, login },
  };
};

const pullOf = ({ number, user, head, base }: PullInPayload): DeliveredPull => ({
  number,
  authorId: (user ?? ghost).id,
  branch: head.ref,
  head: head.sha,
  fork: head.repo === null || head.repo.id !== base.repo?.id,
  baseBranch: base.ref,
});

const ignored = (why: string): Ignored => ({ kind: "ignored", why });

type Payload<S extends z.ZodType> = z.infer<S>;
const origin = ({ repository, sender }: { repository: Repository; sender: Account }) => ({
  repositoryId: repository.id,
  sender: senderOf(sender),
});

function readIssues(payload: Payload<typeof issuesPayload>): Delivery | Ignored {
  const { action, issue, label } = payload;
  if (action === "transferred" || action === "deleted") {
    const source = `issue:${issue.id}:${action}`;
    return { ...origin(payload), source, kind: "issue-gone", issue: issue.number, how: action };
  }
  if (action !== "labeled" || !label) return ignored(`issues.${action} starts nothing`);
  return {
    ...origin(payload),
    source: `label:${issue.id}:${label.name}:${issue.updated_at}`,
    kind: "labeled",
    label: label.name,
    issue: issueOf(issue, payload.repository),
  };
}

function readComment(payload: Payload<typeof commentPayload>): Delivery | Ignored {
  const { action, comment, issue } = payload;
  if (action !== "created" && action !== "edited" && action !== "deleted") {
    return ignored(`issue_comment.${action} starts nothing`);
  }
  const when = action === "edited" ? `:${comment.updated_at}` : "";
  return {
    ...origin(payload),
    source:
      action === "created" ? `comment:${comment.id}` : `comment:${comment.id}:${action}${when}`,
    kind: "comment",
    action,
    thread: issue.number,
    issue: issue.pull_request ? null : issueOf(issue, payload.repository),
    comment: {
      id: comment.id,
      body: comment.body,
      author: senderOf(comment.user ?? ghost),
      createdAt: comment.created_at,
      updatedAt: comment.updated_at,
    },
  };
}

const reviewStates = {
  approved: "approved",
  changes_requested: "changes-requested",
  commented: "commented",
} as const;

function readReview(payload: Payload<typeof reviewPayload>): Delivery | Ignored {
  const { action, review, pull_request: pull } = payload;
  // The API says `APPROVED`, webhooks say `approved`.
  const word = review.state.toLowerCase();
  const known = Object.hasOwn(reviewStates, word);
  if (action !== "submitted" || !known) return ignored(`a review ${action} starts nothing`);
  return {
    ...origin(payload),
    source: `review:${review.id}`,
    kind: "review",
    pull: pullOf(pull),
    review: {
      id: review.id,
      state: reviewStates[word as keyof typeof reviewStates],
      body: review.body,
      head: review.commit_id ?? pull.head.sha,
      submittedAt: review.submitted_at ?? "",
    },
  };
}

function readPull(payload: Payload<typeof pullPayload>): Delivery | Ignored {
  const { action, changes } = payload;
  const pull = pullOf(payload.pull_request);
  const about = `pull:${payload.repository.id}:${pull.number}`;
  const common = { ...origin(payload), pull };
  if (action === "closed") {
    const { merged, closed_at: when } = payload.pull_request;
    // By its time: one that is opened again and merged at the same head is another act.
    const source = `${about}:closed:${when ?? pull.head}`;
    return { ...common, source, kind: "pull-closed", merged: merged === true };
  }
  if (action === "synchronize") {
    return { ...common, source: `push:${pull.branch}:${pull.head}`, kind: "pull-pushed" };
  }
  const from = changes?.base?.ref.from;
  if (action !== "edited" || from === undefined)
    return ignored(`a pull request ${action} starts nothing`);
  const source = `${about}:retargeted:${from}:${pull.baseBranch}`;
  return { ...common, source, kind: "pull-retargeted", from };
}

function readRun(payload: Payload<typeof runPayload>): Delivery | Ignored {
  const { id, run_attempt: attempt, conclusion } = payload.workflow_run;
  if (payload.action !== "completed")
    return ignored(`workflow_run.${payload.action} starts nothing`);
  return {
    ...origin(payload),
    source: `run-completed:${id}:${attempt}`,
    kind: "run-completed",
    run: id,
    attempt,
    conclusion: conclusion ?? "unknown",
  };
}

const scheduler: Account = { id: "0", login: "github", type: "Bot" };

function readSweep(payload: Payload<typeof sweepPayload>): Delivery {
  const sender = senderOf(payload.sender ?? scheduler);
  // Two sweeps are never the same act; nothing is decided by this name.
  return { source: "sweep", sender, repositoryId: payload.repository?.id ?? "", kind: "sweep" };
}

function reader<S extends z.ZodType>(schema: S, read: (payload: z.infer<S>) => Delivery | Ignored) {
  return (event: string, payload: unknown): Result<Delivery | Ignored> => {
    const parsed = schema.safeParse(payload);
    if (parsed.success) return succeed(read(parsed.data));
    const [first] = parsed.error.issues;
    const detail = `${first?.path.join(".") ?? ""}: ${first?.message ?? "invalid"}`;
    return fail({ reason: "event-invalid", event, detail });
  };
}

const readers: ReadonlyMap<string, ReturnType<typeof reader>> = new Map([
  ["issues", reader(issuesPayload, readIssues)],
  ["issue_comment", reader(commentPayload, readComment)],
  ["pull_request_review", reader(reviewPayload, readReview)],
  ["pull_request", reader(pullPayload, readPull)],
  ["pull_request_target", reader(pullPayload, readPull)],
  ["workflow_run", reader(runPayload, readRun)],
  ["schedule", reader(sweepPayload, readSweep)],
  ["workflow_dispatch", reader(sweepPayload, readSweep)],
]);

/** Events that can mean something for us; the App's manifest asks for the webhooks among them. */
export const deliveredEvents: readonly string[] = [...readers.keys()];

/**
 * Reads a webhook, or the event of a workflow run, by its name and payload. Pure. What is not for us is `ignored` with the reason; what
 * is not as GitHub documents fails with `event-invalid`.
 */
export function readDelivery(event: string, payload: unknown): Result<Delivery | Ignored> {
  const read = readers.get(event);
  return read ? read(event, payload) : succeed(ignored(`the event ${event} is not for us`));
}
