import { Stop } from "../../shared/stop.ts";
import type { ViewPullRequest, ViewReview } from "../port.ts";
import type { Answer } from "./api.ts";
import { readMarked, writeMarked } from "./comment-marker.ts";
import type { FoundPull } from "./find-pull.ts";
import { postReview } from "./post-review.ts";
import { type Desk, isRefusal, note, take, tryWrite } from "./reconcile-desk.ts";

/** A review of ours on GitHub. */
export type OwnReview = { id: number; state: string; key: string; head: string | null };

type RawReview = {
  id: number;
  state: string;
  body: string;
  user: { id: number } | null;
  commit_id?: string | null;
};

/** The key says which review it is, and of which head. */
export const keyOfReview = ({ key, head }: ViewReview): string =>
  key.includes(head.slice(0, 12)) ? key : `${key}-${head.slice(0, 12)}`;

export async function listOwnReviews(desk: Desk, pull: number): Promise<Answer<OwnReview[]>> {
  const answer = await desk.reviewer.list<RawReview>(
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
    { pull_number: pull },
    1000,
  );
  if (!answer.ok) return answer;
  const reviews = answer.data.items
    .filter(({ user }) => desk.own.has(String(user?.id)))
    .flatMap(({ id, state, body, commit_id }) => {
      const marker = readMarked(body);
      return marker ? [{ id, state, key: marker.key, head: commit_id ?? null }] : [];
    });
  return { ...answer, data: reviews };
}

/** Posts reviews that are missing, and takes back requests for changes once the score passes. Returns the keys of those that stand there. */
export async function reconcileReviews(
  desk: Desk,
  pull: FoundPull,
  wanted: ViewPullRequest,
): Promise<Set<string>> {
  if (wanted.reviews.length === 0) return new Set();
  const there = take(await listOwnReviews(desk, pull.number));
  const latest = wanted.reviews.at(-1);
  const since = wanted.since ?? pull.base.sha;
  for (const review of wanted.reviews) {
    if (there.some(({ key }) => key === keyOfReview(review))) continue;
    const posted = await postReview(desk, pull, review, { isLatest: review === latest, since });
    if (posted) there.push(posted);
  }
  if (latest?.verdict === "accepted") await liftRequests(desk, pull.number, latest.head, there);
  const keys = new Set(there.map(({ key }) => key));
  return new Set(
    wanted.reviews.filter((review) => keys.has(keyOfReview(review))).map(({ key }) => key),
  );
}

/** Takes back what still asks for changes, but for what an approval of ours has lifted already. */
async function liftRequests(
  desk: Desk,
  pull: number,
  head: string,
  there: readonly OwnReview[],
): Promise<void> {
  const lifted = Math.max(
    0,
    ...there.filter(({ state }) => state === "APPROVED").map(({ id }) => id),
  );
  const standing = there.filter(({ id, state }) => state === "CHANGES_REQUESTED" && id > lifted);
  for (const review of standing) {
    if ((await dismiss(desk, pull, review, head)) === "approved") return;
  }
}

async function dismiss(
  desk: Desk,
  pull: number,
  review: OwnReview,
  head: string,
): Promise<"dismissed" | "approved"> {
  const answer = await desk.reviewer.request(
    "PUT /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/dismissals",
    { pull_number: pull, review_id: review.id, message: "A later head passes the review." },
  );
  if (answer.ok || !isRefusal(answer)) {
    tryWrite(desk, "", answer);
    return "dismissed";
  }
  await approveInstead(desk, pull, head, answer);
  return "approved";
}

/** Where a branch rule says who may dismiss, only an approval of the same account lifts the request. */
async function approveInstead(
  desk: Desk,
  pull: number,
  head: string,
  refused: Extract<Answer<never>, { ok: false }>,
): Promise<void> {
  const words = "The score passes; this lifts my request for changes.";
  const key = `lifted-${head.slice(0, 12)}`;
  const answer = await desk.reviewer.request(
    "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
    {
      pull_number: pull,
      commit_id: head,
      event: "APPROVE",
      body: writeMarked({ key, at: 0 }, words),
    },
  );
  if (answer.ok) {
    desk.writes += 1;
    return;
  }
  if (!isRefusal(answer)) throw new Stop(answer.failure);
  note(desk, "An older request for changes could not be dismissed; a maintainer can", refused);
}
