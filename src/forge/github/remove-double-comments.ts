import { type Desk, tryWrite } from "./reconcile-desk.ts";

/**
 * Two runs at once may both have found a comment missing. Whoever looks next sees both: the first stays, later ones go, unless a
 * person has edited one.
 */
export async function removeDoubles(desk: Desk): Promise<void> {
  const first = new Map(desk.comments.toReversed().map((comment) => [comment.key, comment]));
  const doubles = desk.comments.filter((each) => each.intact && first.get(each.key) !== each);
  for (const { id } of doubles) await removeComment(desk, id);
  desk.comments = desk.comments.filter((comment) => !doubles.includes(comment));
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
