import { isSame } from "../accounts.ts";
import {
  type Call,
  checkLength,
  created,
  type Handler,
  numberOf,
  ok,
  page,
  type Routes,
  text,
} from "../call.ts";
import { emitReview, note } from "../emit-thread.ts";
import { notFound, Refusal } from "../refusal.ts";
import { type Anchor, checkAnchors } from "../rules/check-anchors.ts";
import { type PullThread, shapePull, shapeReview, shapeReviewComment } from "../shapes/pull.ts";
import type { Review, ReviewComment, ReviewState } from "../world.ts";
import { findPull } from "./pulls.ts";
import { checkLock, mayModerate } from "./threads.ts";

const repo = "/repos/{owner}/{repo}/pulls";

const states: Readonly<Record<string, ReviewState>> = {
  APPROVE: "APPROVED",
  REQUEST_CHANGES: "CHANGES_REQUESTED",
  COMMENT: "COMMENTED",
};

const refused = (message: string): Refusal => new Refusal(422, "Unprocessable Entity", [message]);

function checkReview(call: Call, thread: PullThread, event: string | null, body: string): void {
  const { actor, world } = call;
  const isOwn = isSame(actor.account, thread.author);
  if (isOwn && event === "APPROVE") {
    throw refused("Review Can not approve your own pull request");
  }
  if (isOwn && event === "REQUEST_CHANGES") {
    throw refused("Review Can not request changes on your own pull request");
  }
  const isActions = actor.kind === "actions";
  if (isActions && event === "APPROVE" && !world.settings.actionsMayCreatePullRequests) {
    throw refused("GitHub Actions is not permitted to approve pull requests.");
  }
  const hasComments = ((call.body.comments ?? []) as unknown[]).length > 0;
  if (body === "" && (event === "REQUEST_CHANGES" || (event === "COMMENT" && !hasComments))) {
    throw refused("Review Body can't be blank");
  }
  const pending = [...world.reviews.values()].some(
    (review) =>
      review.pull === thread.number &&
      review.state === "PENDING" &&
      isSame(review.author, actor.account),
  );
  if (pending && event === null) {
    throw refused("User can only have one pending review per pull request");
  }
}

const create: Handler = (call) => {
  const { world, actor } = call;
  const thread = findPull(call);
  const event = text(call, "event");
  const body = text(call, "body") ?? "";
  checkLock(call, thread);
  checkReview(call, thread, event, body);
  checkLength("PullRequestReview", body);
  const commit = text(call, "commit_id") ?? thread.pull.headSha;
  if (!world.objects.readKind(commit, "commit")) {
    throw refused("Commit is not part of the pull request");
  }
  const anchors = (call.body.comments ?? []) as Anchor[];
  const hunks = checkAnchors(world, thread.pull, commit, anchors);
  const review: Review = {
    id: world.nextId(),
    pull: thread.number,
    author: actor.account,
    body,
    state: event === null ? "PENDING" : (states[event] ?? "COMMENTED"),
    commit,
    submittedAt: world.now(),
    minimized: null,
  };
  world.reviews.set(review.id, review);
  anchors.forEach((anchor, index) => {
    addComment(call, review, anchor, hunks[index] ?? "");
  });
  thread.updatedAt = world.now();
  if (review.state !== "PENDING") announce(call, thread, review);
  return ok(shapeReview(world, review));
};

function announce(call: Call, thread: PullThread, review: Review): void {
  note(call.world, thread, call.actor, "reviewed");
  emitReview(call.world, call.actor, thread, review, "submitted");
  for (const comment of commentsOf(call, review.id)) emitReviewComment(call, thread, comment);
}

function emitReviewComment(call: Call, thread: PullThread, comment: ReviewComment): void {
  const shaped = shapeReviewComment(call.world, comment);
  const pull = shapePull(call.world, thread);
  const payload = { action: "created", comment: shaped, pull_request: pull };
  call.world.emit("pull_request_review_comment", call.actor, payload);
}

function addComment(call: Call, review: Review, anchor: Anchor, hunk: string): ReviewComment {
  const { world } = call;
  const isFile = anchor.subject_type === "file";
  const comment: ReviewComment = {
    id: world.nextId(),
    review: review.id,
    pull: review.pull,
    author: review.author,
    body: anchor.body,
    path: anchor.path,
    hunk,
    commit: review.commit,
    line: isFile ? null : (anchor.line ?? null),
    side: anchor.side ?? "RIGHT",
    startLine: anchor.start_line ?? null,
    startSide:
      anchor.start_line === undefined ? null : (anchor.start_side ?? anchor.side ?? "RIGHT"),
    wholeFile: isFile,
    createdAt: world.now(),
    updatedAt: world.now(),
  };
  world.reviewComments.set(comment.id, comment);
  return comment;
}

const reviewsOf = (call: Call, pull: number): Review[] =>
  [...call.world.reviews.values()]
    .filter((review) => review.pull === pull)
    .filter((review) => review.state !== "PENDING" || isSame(review.author, call.actor.account));

const commentsOf = (call: Call, review: number): ReviewComment[] =>
  [...call.world.reviewComments.values()].filter((comment) => comment.review === review);

function findReview(call: Call): { thread: PullThread; review: Review } {
  const thread = findPull(call);
  const id = numberOf(call, "review_id");
  const review = reviewsOf(call, thread.number).find((one) => one.id === id);
  if (!review) throw notFound();
  return { thread, review };
}

const dismiss: Handler = (call) => {
  const { thread, review } = findReview(call);
  if (!mayModerate(call.world, call.actor)) throw notFound();
  if (review.state !== "APPROVED" && review.state !== "CHANGES_REQUESTED") {
    throw new Refusal(422, "Unprocessable Entity", [
      "Can not dismiss a commented pull request review",
    ]);
  }
  review.state = "DISMISSED";
  note(call.world, thread, call.actor, "review_dismissed");
  emitReview(call.world, call.actor, thread, review, "dismissed");
  return ok(shapeReview(call.world, review));
};

const update: Handler = (call) => {
  const { thread, review } = findReview(call);
  if (!isSame(review.author, call.actor.account) && !mayModerate(call.world, call.actor)) {
    throw notFound();
  }
  const body = text(call, "body") ?? "";
  checkLength("PullRequestReview", body);
  review.body = body;
  emitReview(call.world, call.actor, thread, review, "edited");
  return ok(shapeReview(call.world, review));
};

const comment: Handler = (call) => {
  const { world, actor } = call;
  const thread = findPull(call);
  const anchor = call.body as unknown as Anchor & { commit_id: string };
  const hunks = checkAnchors(world, thread.pull, anchor.commit_id, [anchor]);
  const review: Review = {
    id: world.nextId(),
    pull: thread.number,
    author: actor.account,
    body: "",
    state: "COMMENTED",
    commit: anchor.commit_id,
    submittedAt: world.now(),
    minimized: null,
  };
  world.reviews.set(review.id, review);
  const made = addComment(call, review, anchor, hunks[0] ?? "");
  announce(call, thread, review);
  return created(shapeReviewComment(world, made));
};

const listComments: Handler = (call) => {
  const { number } = findPull(call);
  const found = [...call.world.reviewComments.values()].filter((one) => one.pull === number);
  return page(
    call,
    found.map((one) => shapeReviewComment(call.world, one)),
  );
};

/** Inside a review the line is not told again: only its hunk and position. */
const listOfReview: Handler = (call) => {
  const { review } = findReview(call);
  const found = commentsOf(call, review.id).map((one) => shapeReviewComment(call.world, one));
  return page(call, found);
};

export const reviewRoutes: Routes = {
  [`POST ${repo}/{pull_number}/reviews`]: create,
  [`GET ${repo}/{pull_number}/reviews`]: (call) =>
    page(
      call,
      reviewsOf(call, findPull(call).number).map((one) => shapeReview(call.world, one)),
    ),
  [`GET ${repo}/{pull_number}/reviews/{review_id}`]: (call) =>
    ok(shapeReview(call.world, findReview(call).review)),
  [`PUT ${repo}/{pull_number}/reviews/{review_id}`]: update,
  [`PUT ${repo}/{pull_number}/reviews/{review_id}/dismissals`]: dismiss,
  [`GET ${repo}/{pull_number}/reviews/{review_id}/comments`]: listOfReview,
  [`GET ${repo}/{pull_number}/comments`]: listComments,
  [`POST ${repo}/{pull_number}/comments`]: comment,
};
