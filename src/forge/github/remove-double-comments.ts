import { listOwnComments } from "./list-own-comments.ts";
import { type Desk, take, tryWrite } from "./reconcile-desk.ts";

/**
 * Two runs at once may both have found a comment missing. Whoever looks last sees both: the first stays, later ones go, unless a
 * person has edited one.
 */
export async function removeDoubles(desk: Desk): Promise<void> {
  const comments = take(await listOwnComments(desk.api, desk.issue, desk.own));
  const seen = new Set<string>();
  for (const comment of comments) {
    if (!seen.has(comment.key)) seen.add(comment.key);
    else if (comment.intact) await removeComment(desk, comment.id);
  }
}

/** Whether it was there or not: afterwards it is gone. */
export async function removeComment(desk: Desk, id: number): Promise<void> {
  const answer = await desk.api.request(
    "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}",
    { comment_id: id },
  );
  const gone = !answer.ok && answer.status === 404;
  if (!gone) tryWrite(desk, "A comment that was posted twice could not be removed", answer);
}
