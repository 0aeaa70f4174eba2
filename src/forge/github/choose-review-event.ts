import type { ViewReview } from "../port.ts";

export type ReviewEvent = "COMMENT" | "REQUEST_CHANGES";

/**
 * Which kind of review we may and want to send, before anything is sent. On an own pull request GitHub takes comments only; a review that a
 * later one has replaced blocks nothing any more. What passes is a comment: approving is for people.
 */
export function chooseReviewEvent(
  review: Pick<ViewReview, "verdict">,
  who: { reviewer: string; author: string; isLatest: boolean },
): ReviewEvent {
  if (who.reviewer === who.author || !who.isLatest) return "COMMENT";
  return review.verdict === "changes-requested" ? "REQUEST_CHANGES" : "COMMENT";
}
