import { Stop } from "../../shared/stop.ts";
import type { ViewReview } from "../port.ts";
import type { Answer } from "./api.ts";
import { chooseReviewEvent, type ReviewEvent } from "./choose-review-event.ts";
import { writeMarked } from "./comment-marker.ts";
import type { FoundPull } from "./find-pull.ts";
import { fitBody } from "./fit-comment.ts";
import { parseHunks } from "./parse-hunks.ts";
import { type LineComment, placeAnchors, renderRest } from "./place-anchors.ts";
import { createOnce, type Desk, hasRule, isRefusal, note, type Refused } from "./reconcile-desk.ts";
import { keyOfReview, listOwnReviews, type OwnReview } from "./reconcile-reviews.ts";

type Draft = { event: ReviewEvent; comments: LineComment[]; body: string };

/**
 * Posts one review: the event by who we are, remarks at lines that the diff shows, the rest in the body. GitHub refuses a review as a
 * whole and does not say for which remark; then it goes out without any at lines.
 */
export async function postReview(
  desk: Desk,
  pull: FoundPull,
  review: ViewReview,
  at: { isLatest: boolean; since: string },
): Promise<OwnReview | null> {
  const { isLatest, since } = at;
  const event = chooseReviewEvent(review, {
    reviewer: desk.identities.reviewer.id,
    author: String(pull.user?.id),
    isLatest,
  });
  const { inline, rest } = placeAnchors(
    review.anchors,
    parseHunks(await readDiff(desk, since, review)),
  );
  const plain: Draft = { event, comments: [], body: review.markdown + renderRest(review.anchors) };
  const whole: Draft = { event, comments: inline, body: review.markdown + renderRest(rest) };
  const drafts: Draft[] = [
    ...(inline.length > 0 ? [whole] : []),
    plain,
    // Second line of defence: GitHub knows better whose pull request it is.
    ...(event === "COMMENT" ? [] : [{ ...plain, event: "COMMENT" as const }]),
  ];
  let refused: Refused | null = null;
  for (const draft of drafts) {
    if (refused && hasRule(refused, "own-review") && draft.event !== "COMMENT") continue;
    const answer = await send(desk, pull, review, draft);
    if (answer.ok) {
      desk.writes += 1;
      return answer.data;
    }
    if (!isRefusal(answer)) throw new Stop(answer.failure);
    refused = answer;
  }
  if (refused) note(desk, `The review ${review.key} could not be posted`, refused);
  return null;
}

async function send(
  desk: Desk,
  pull: FoundPull,
  review: ViewReview,
  draft: Draft,
): Promise<Answer<OwnReview>> {
  const key = keyOfReview(review);
  const link = () => desk.links.ledger(desk.issue, null);
  const text = await fitBody(draft.body, { issue: desk.issue, link });
  const find = async (): Promise<OwnReview | null> => {
    const listed = await listOwnReviews(desk, pull.number);
    return listed.ok ? (listed.data.find((each) => each.key === key) ?? null) : null;
  };
  const create = async (): Promise<Answer<OwnReview>> => {
    const answer = await desk.reviewer.request(
      "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
      {
        pull_number: pull.number,
        commit_id: review.head,
        event: draft.event,
        body: writeMarked({ key, at: 0 }, text),
        comments: draft.comments,
      },
    );
    if (!answer.ok) return answer;
    const { id, state } = answer.data;
    return { ...answer, data: { id: Number(id), state, key, head: review.head } };
  };
  const answer = await createOnce(create, find);
  if (answer.ok || !isRefusal(answer)) return answer;
  // GitHub has been seen to refuse a review and keep it all the same.
  const kept = await find();
  return kept ? { ok: true, status: 200, data: kept } : answer;
}

/** Without a diff every remark goes into the body. */
async function readDiff(desk: Desk, since: string, review: ViewReview): Promise<string> {
  if (review.anchors.length === 0) return "";
  try {
    return await desk.diff(since, review.head);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    desk.notes.push(
      `The diff of ${review.head.slice(0, 7)} could not be read: ${error.failure.reason}.`,
    );
    return "";
  }
}
