import { loadFeature } from "../engine/load-feature.ts";
import type { Delivery } from "../forge/github/delivery.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import { inert } from "../view/inert.ts";
import { commands } from "../workflow/command-registry.ts";
import { parseCommand } from "../workflow/parse-command.ts";
import type { Actor } from "../workflow/role.ts";
import type { Issue } from "../workflow/trigger.ts";
import { findFeatureOfBranch } from "./find-feature-of-branch.ts";
import { ignore, type ResolveContext, type Resolved } from "./resolve-context.ts";
import { resolveDocumentEdit } from "./resolve-document-edit.ts";

type CommentDelivery = Extract<Delivery, { kind: "comment" }>;

/** Where a comment stands: the issue it concerns, and the spec where it is on our pull request. */
type Place = { issue: Issue; spec: string | null };

/** A pull request that is not ours is a thread like an issue; its number is its own. */
async function findPlace(
  delivery: CommentDelivery,
  { people, ledger }: ResolveContext,
): Promise<Result<Place>> {
  if (delivery.issue) return succeed({ issue: delivery.issue, spec: null });
  const pull = await people.pull(delivery.thread);
  if (!pull.ok) return pull;
  const found = pull.value ? await findFeatureOfBranch(ledger, pull.value) : succeed(null);
  if (!found.ok) return found;
  const issue = await people.issue(found.value?.feature.issue ?? delivery.thread);
  if (!issue.ok) return issue;
  return succeed({ issue: issue.value, spec: found.value?.spec ?? null });
}

function refuseWords(
  delivery: CommentDelivery,
  parsed: { detail: string; suggestion: string | null },
): Resolved {
  const { thread, comment, source } = delivery;
  const instead = parsed.suggestion
    ? `\n\nCopy as a new comment:\n\`\`\`\n${parsed.suggestion}\n\`\`\``
    : "";
  const detail = `${parsed.detail.slice(0, 1).toUpperCase()}${parsed.detail.slice(1)}.`;
  return {
    kind: "refused",
    thread,
    comment: comment.id,
    key: source,
    markdown: inert(detail + instead),
  };
}

/** A new comment: a command, a slip of one, or nothing for us. It is read again from GitHub, because deliveries can be late. */
async function resolveCreated(
  delivery: CommentDelivery,
  actor: () => Promise<Actor>,
  context: ResolveContext,
): Promise<Result<Resolved>> {
  const parsed = parseCommand(delivery.comment.body, commands);
  if (parsed.kind === "none") return succeed(ignore("the comment is no command"));
  const { id } = delivery.comment;
  const now = await context.people.comment(id);
  if (!now.ok) return now;
  if (now.value === null) return succeed(ignore("the comment was deleted before it was read"));
  if (now.value.author.id !== delivery.sender.id) {
    return succeed(ignore("the comment is not its sender's"));
  }
  if (parsed.kind === "refused") return succeed(refuseWords(delivery, parsed));
  const place = await findPlace(delivery, context);
  if (!place.ok) return place;
  const { issue, spec } = place.value;
  const edited = now.value.updatedAt !== now.value.createdAt;
  return succeed({
    kind: "trigger",
    issue: issue.number,
    thread: delivery.thread,
    comment: id,
    documents: {},
    trigger: {
      kind: "command",
      source: delivery.source,
      at: context.now().toISOString(),
      runId: context.runId,
      actor: await actor(),
      command: parsed.command,
      comment: { id, edited },
      issue,
      ...(spec === null ? {} : { spec }),
    },
  });
}

/** A comment that holds an approval was changed or is gone. */
async function resolveChanged(
  delivery: CommentDelivery,
  actor: () => Promise<Actor>,
  context: ResolveContext,
): Promise<Result<Resolved>> {
  const { action, comment, thread, source } = delivery;
  // Approvals are said on the issue: a change on another thread's comment concerns none.
  if (!delivery.issue) return succeed(ignore("a comment on a pull request holds no approval"));
  const loaded = await loadFeature(context.ledger, thread);
  if (!loaded.ok) return loaded;
  const held = loaded.value.state.approvals.some((approval) => approval.comment === comment.id);
  if (!held) return succeed(ignore("the comment holds no approval"));
  return succeed({
    kind: "trigger",
    issue: thread,
    thread,
    comment: null,
    documents: {},
    trigger: {
      kind: action === "edited" ? "comment-edited" : "comment-deleted",
      source,
      at: context.now().toISOString(),
      runId: context.runId,
      actor: await actor(),
      comment: comment.id,
    },
  });
}

/** What a comment that was written, changed or deleted means. */
export async function resolveComment(
  delivery: CommentDelivery,
  actor: () => Promise<Actor>,
  context: ResolveContext,
): Promise<Result<Resolved>> {
  const ours = context.own.has(delivery.comment.author.id);
  if (delivery.action === "created") {
    if (delivery.comment.author.id !== delivery.sender.id) {
      return fail({
        reason: "event-invalid",
        event: "issue_comment",
        detail: "the author of a new comment is not its sender",
      });
    }
    return await resolveCreated(delivery, actor, context);
  }
  if (!ours) return await resolveChanged(delivery, actor, context);
  if (delivery.action === "deleted") return succeed(ignore("what a person deletes stays deleted"));
  return await resolveDocumentEdit(delivery, actor, context);
}
