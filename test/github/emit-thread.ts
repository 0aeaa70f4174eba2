import { type PullThread, shapePull, shapeReview, shapeWholePull } from "./shapes/pull.ts";
import { labelsOf, shapeComment, shapeIssue } from "./shapes/thread.ts";
import type { Actor, Comment, Review, Thread, TimelineItem, World } from "./world.ts";

/** Adds to the timeline of a thread. */
export function note(
  world: World,
  thread: Thread,
  actor: Actor,
  event: string,
  more: Partial<TimelineItem> = {},
): void {
  const item = { id: world.nextId(), event, actor: actor.account, createdAt: world.now() };
  thread.timeline.push({ ...item, ...more });
}

export function emitIssue(
  world: World,
  actor: Actor,
  thread: Thread,
  action: string,
  more: Record<string, unknown> = {},
): void {
  world.emit("issues", actor, { action, issue: shapeIssue(world, thread), ...more });
}

export function emitPull(
  world: World,
  actor: Actor,
  thread: PullThread,
  action: string,
  more: Record<string, unknown> = {},
): void {
  const pull = shapeWholePull(world, thread);
  world.emit("pull_request", actor, {
    action,
    number: thread.number,
    pull_request: pull,
    ...more,
  });
}

/** `labeled` and `unlabeled`, for both kinds of thread. */
export function emitLabel(
  world: World,
  actor: Actor,
  thread: Thread,
  action: "labeled" | "unlabeled",
  name: string,
): void {
  const more = { label: labelsOf(world, [name])[0] ?? { name } };
  if (isPull(thread)) emitPull(world, actor, thread, action, more);
  else emitIssue(world, actor, thread, action, more);
}

export const isPull = (thread: Thread): thread is PullThread => thread.pull !== null;

export function emitComment(
  world: World,
  actor: Actor,
  comment: Comment,
  action: "created" | "edited" | "deleted",
  more: Record<string, unknown> = {},
): void {
  const thread = world.threads.get(comment.thread);
  if (!thread) return;
  world.emit("issue_comment", actor, {
    action,
    issue: shapeIssue(world, thread),
    comment: shapeComment(world, comment),
    ...more,
  });
}

export function emitReview(
  world: World,
  actor: Actor,
  thread: PullThread,
  review: Review,
  action: "submitted" | "edited" | "dismissed",
): void {
  const shaped = shapeReview(world, review);
  world.emit("pull_request_review", actor, {
    action,
    review: { ...shaped, state: String(review.state).toLowerCase() },
    pull_request: shapePull(world, thread),
  });
}
