import { ensureAccount, isSame, roleOf } from "../accounts.ts";
import type { Account } from "../contract.ts";
import type { Comment, Label, Reaction, Thread, World } from "../world.ts";
import { nodeId, shapeAccount, shapeApp } from "./account.ts";
import { apiOf, pageOf } from "./repository.ts";

const contents = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"];

export function associationOf(world: World, account: Account): string {
  if (isSame(account, world.ownerAccount)) return "OWNER";
  if (account.type === "Bot") return "NONE";
  const role = roleOf(world, account.login);
  if (role === "none" || role === "read") return "NONE";
  return world.organisation ? "MEMBER" : "COLLABORATOR";
}

export const shapeReactions = (
  url: string,
  reactions: readonly Reaction[],
): Record<string, unknown> => ({
  url: `${url}/reactions`,
  total_count: reactions.length,
  ...Object.fromEntries(
    contents.map((content) => [
      content,
      reactions.filter((reaction) => reaction.content === content).length,
    ]),
  ),
});

export const shapeReaction = (world: World, reaction: Reaction): Record<string, unknown> => ({
  id: reaction.id,
  node_id: nodeId("REA", reaction.id),
  user: shapeAccount(world, reaction.user),
  content: reaction.content,
  created_at: reaction.createdAt,
});

export const shapeLabel = (world: World, label: Label): Record<string, unknown> => ({
  id: label.id,
  node_id: nodeId("LA", label.id),
  url: `${apiOf(world)}/labels/${encodeURIComponent(label.name)}`,
  name: label.name,
  description: label.description,
  color: label.color,
  default: false,
});

export const labelsOf = (world: World, names: readonly string[]): Record<string, unknown>[] =>
  names.flatMap((name) => {
    const label = world.labels.get(name.toLowerCase());
    return label ? [shapeLabel(world, label)] : [];
  });

const commentsOf = (world: World, thread: Thread): number =>
  [...world.comments.values()].filter((comment) => comment.thread === thread.number).length;

const pullLinks = (world: World, thread: Thread): Record<string, unknown> => {
  if (!thread.pull) return { draft: false };
  const page = `${pageOf(world)}/pull/${thread.number}`;
  return {
    draft: thread.pull.draft,
    pull_request: {
      url: `${apiOf(world)}/pulls/${thread.number}`,
      html_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      merged_at: thread.pull.mergedAt,
    },
  };
};

export function shapeIssue(world: World, thread: Thread): Record<string, unknown> {
  const url = `${apiOf(world)}/issues/${thread.number}`;
  return {
    url,
    repository_url: apiOf(world),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: `${pageOf(world)}/${thread.pull ? "pull" : "issues"}/${thread.number}`,
    id: thread.id,
    node_id: nodeId(thread.pull ? "PR" : "I", thread.pull ? thread.pull.id : thread.id),
    number: thread.number,
    title: thread.title,
    user: shapeAccount(world, thread.author),
    labels: labelsOf(world, thread.labels),
    state: thread.state,
    locked: thread.locked,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: commentsOf(world, thread),
    created_at: thread.createdAt,
    updated_at: thread.updatedAt,
    closed_at: thread.closedAt,
    author_association: associationOf(world, thread.author),
    active_lock_reason: thread.lockReason,
    ...pullLinks(world, thread),
    body: thread.body,
    closed_by: thread.closedBy ? shapeAccount(world, thread.closedBy) : null,
    reactions: shapeReactions(url, thread.reactions),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: thread.app ? shapeApp(world, thread.app) : null,
    state_reason: thread.stateReason,
  };
}

export function shapeComment(world: World, comment: Comment): Record<string, unknown> {
  const url = `${apiOf(world)}/issues/comments/${comment.id}`;
  const isPull = world.threads.get(comment.thread)?.pull;
  const page = `${pageOf(world)}/${isPull ? "pull" : "issues"}/${comment.thread}`;
  return {
    url,
    html_url: `${page}#issuecomment-${comment.id}`,
    issue_url: `${apiOf(world)}/issues/${comment.thread}`,
    id: comment.id,
    node_id: nodeId("IC", comment.id),
    user: shapeAccount(world, comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    body: comment.body,
    author_association: associationOf(world, comment.author),
    reactions: shapeReactions(url, comment.reactions),
    performed_via_github_app: comment.app ? shapeApp(world, comment.app) : null,
    pin: null,
    minimized: comment.minimized ? { reason: comment.minimized.toLowerCase() } : null,
  };
}

export function shapeTimeline(world: World, thread: Thread): Record<string, unknown>[] {
  const items = thread.timeline.map((item) => ({
    at: item.createdAt,
    id: item.id,
    shape: {
      id: item.id,
      node_id: nodeId("TE", item.id),
      url: `${apiOf(world)}/issues/events/${item.id}`,
      actor: shapeAccount(world, ensureAccount(world, item.actor.login, item.actor.type)),
      event: item.event,
      commit_id: item.commit ?? null,
      commit_url: item.commit ? `${apiOf(world)}/commits/${item.commit}` : null,
      created_at: item.createdAt,
      performed_via_github_app: null,
      ...(item.label === undefined ? {} : { label: { name: item.label, color: "ededed" } }),
      ...(item.event === "locked" ? { lock_reason: thread.lockReason } : {}),
      ...(item.event === "closed" ? { state_reason: thread.stateReason } : {}),
    },
  }));
  const comments = [...world.comments.values()]
    .filter((comment) => comment.thread === thread.number)
    .map((comment) => ({
      at: comment.createdAt,
      id: comment.id,
      shape: {
        ...shapeComment(world, comment),
        event: "commented",
        actor: shapeAccount(world, comment.author),
      },
    }));
  return [...items, ...comments].sort((a, b) => a.id - b.id).map((item) => item.shape);
}
