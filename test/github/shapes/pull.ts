import { findMergeBase, isAncestor, listMissing } from "../git/commits.ts";
import { diffFiles } from "../git/diff.ts";
import { mergeTrees } from "../git/merge.ts";
import type { Pull, Review, ReviewComment, Thread, World } from "../world.ts";
import { nodeId, shapeAccount, shapeOwner } from "./account.ts";
import { apiOf, pageOf, shapeRepository } from "./repository.ts";
import { associationOf, labelsOf, shapeReactions } from "./thread.ts";

const side = (world: World, ref: string, sha: string): Record<string, unknown> => ({
  label: `${world.owner}:${ref}`,
  ref,
  sha,
  user: shapeOwner(world),
  repo: shapeRepository(world),
});

export type PullThread = Thread & { pull: Pull };

export function shapePull(world: World, thread: PullThread): Record<string, unknown> {
  const { pull } = thread;
  const url = `${apiOf(world)}/pulls/${thread.number}`;
  const issue = `${apiOf(world)}/issues/${thread.number}`;
  const page = `${pageOf(world)}/pull/${thread.number}`;
  const statuses = `${apiOf(world)}/statuses/${pull.headSha}`;
  const href = (address: string): { href: string } => ({ href: address });
  return {
    url,
    id: pull.id,
    node_id: nodeId("PR", pull.id),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issue,
    number: thread.number,
    state: thread.state,
    locked: thread.locked,
    title: thread.title,
    user: shapeAccount(world, thread.author),
    body: thread.body,
    created_at: thread.createdAt,
    updated_at: thread.updatedAt,
    closed_at: thread.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommit,
    assignee: null,
    assignees: [],
    requested_reviewers: pull.reviewers.map((account) => shapeAccount(world, account)),
    requested_teams: [],
    labels: labelsOf(world, thread.labels),
    milestone: null,
    draft: pull.draft,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${apiOf(world)}/pulls/comments{/number}`,
    comments_url: `${issue}/comments`,
    statuses_url: statuses,
    head: side(world, pull.head, pull.headSha),
    base: side(world, pull.base, pull.baseSha),
    _links: {
      self: href(url),
      html: href(page),
      issue: href(issue),
      comments: href(`${issue}/comments`),
      review_comments: href(`${url}/comments`),
      review_comment: href(`${apiOf(world)}/pulls/comments{/number}`),
      commits: href(`${url}/commits`),
      statuses: href(statuses),
    },
    author_association: associationOf(world, thread.author),
    auto_merge: null,
    active_lock_reason: thread.lockReason,
  };
}

const count = (items: Iterable<{ pull?: number; thread?: number }>, number: number): number =>
  [...items].filter((item) => (item.pull ?? item.thread) === number).length;

const canMerge = (world: World, pull: Pull): boolean =>
  isAncestor(world.objects, pull.baseSha, pull.headSha) ||
  mergeTrees(world.objects, pull.baseSha, pull.headSha) !== null;

/** With what only a single pull request tells: its size, and whether it can be merged. */
export function shapeWholePull(world: World, thread: PullThread): Record<string, unknown> {
  const { pull } = thread;
  const files = diffFiles(world.objects, pull.baseSha, pull.headSha);
  const fork = findMergeBase(world.objects, pull.baseSha, pull.headSha);
  const mergeable = pull.mergedAt === null ? canMerge(world, pull) : null;
  const sum = (key: "additions" | "deletions"): number =>
    files.reduce((total, file) => total + file[key], 0);
  return {
    ...shapePull(world, thread),
    merged: pull.mergedAt !== null,
    mergeable,
    rebaseable: mergeable,
    mergeable_state: mergeable === null ? "unknown" : mergeable ? "clean" : "dirty",
    merged_by: pull.mergedBy ? shapeAccount(world, pull.mergedBy) : null,
    comments: count(world.comments.values(), thread.number),
    review_comments: count(world.reviewComments.values(), thread.number),
    maintainer_can_modify: false,
    commits: listMissing(world.objects, fork, pull.headSha).length,
    additions: sum("additions"),
    deletions: sum("deletions"),
    changed_files: files.length,
  };
}

const pullPage = (world: World, number: number): string => `${pageOf(world)}/pull/${number}`;

export function shapeReview(world: World, review: Review): Record<string, unknown> {
  const pull = `${apiOf(world)}/pulls/${review.pull}`;
  const page = `${pullPage(world, review.pull)}#pullrequestreview-${review.id}`;
  return {
    id: review.id,
    node_id: nodeId("PRR", review.id),
    user: shapeAccount(world, review.author),
    body: review.body,
    state: review.state,
    html_url: page,
    pull_request_url: pull,
    author_association: associationOf(world, review.author),
    _links: { html: { href: page }, pull_request: { href: pull } },
    ...(review.state === "PENDING" ? {} : { submitted_at: review.submittedAt }),
    commit_id: review.commit,
  };
}

export function shapeReviewComment(world: World, comment: ReviewComment): Record<string, unknown> {
  const url = `${apiOf(world)}/pulls/comments/${comment.id}`;
  const pull = `${apiOf(world)}/pulls/${comment.pull}`;
  const page = `${pullPage(world, comment.pull)}#discussion_r${comment.id}`;
  return {
    url,
    pull_request_review_id: comment.review,
    id: comment.id,
    node_id: nodeId("PRRC", comment.id),
    diff_hunk: comment.hunk,
    path: comment.path,
    commit_id: comment.commit,
    original_commit_id: comment.commit,
    user: shapeAccount(world, comment.author),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    html_url: page,
    pull_request_url: pull,
    author_association: associationOf(world, comment.author),
    _links: { self: { href: url }, html: { href: page }, pull_request: { href: pull } },
    reactions: shapeReactions(url, []),
    ...(comment.wholeFile
      ? {}
      : {
          start_line: comment.startLine,
          original_start_line: comment.startLine,
          start_side: comment.startSide,
          line: comment.line,
          original_line: comment.line,
          side: comment.side,
        }),
    original_position: 1,
    position: 1,
    subject_type: comment.wholeFile ? "file" : "line",
  };
}
