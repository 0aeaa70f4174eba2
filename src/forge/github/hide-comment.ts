import { Stop } from "../../shared/stop.ts";
import { writeMarked } from "./comment-marker.ts";
import type { OwnComment } from "./list-own-comments.ts";
import { collapse } from "./plan-comments.ts";
import { createOnce, type Desk, isRefusal, tryWrite } from "./reconcile-desk.ts";

const minimize = `mutation Minimize($id: ID!, $why: ReportedContentClassifiers!) {
  minimizeComment(input: { subjectId: $id, classifier: $why }) { minimizedComment { isMinimized } }
}`;
const ask = "query Minimized($id: ID!) { node(id: $id) { ... on Minimizable { isMinimized } } }";

/**
 * Hides a comment of ours that is no longer right, once: a person who shows it again is not overruled. Where GitHub refuses, its text
 * is folded, unless a person edited it.
 */
export async function hideComment(
  desk: Desk,
  comment: OwnComment,
  body: string,
  why: "OUTDATED" | "RESOLVED" = "OUTDATED",
): Promise<void> {
  const isHidden =
    comment.minimized ||
    desk.before.hidden.includes(comment.key) ||
    (comment.minimized === null && (await isMinimized(desk, comment)));
  if (isHidden) {
    desk.after.hidden.add(comment.key);
    return;
  }
  const send = () => desk.api.graphql(minimize, { id: comment.nodeId, why });
  const answer = await createOnce(send, async () => null);
  if (answer.ok) {
    desk.writes += 1;
    comment.minimized = true;
    desk.after.hidden.add(comment.key);
    return;
  }
  if (!isRefusal(answer)) throw new Stop(answer.failure);
  if (!comment.intact) return;
  const text = writeMarked(comment, collapse(body));
  const edited = await desk.api.request(
    "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
    { comment_id: comment.id, body: text },
  );
  tryWrite(desk, `The superseded comment ${comment.key} could not be folded`, edited);
}

/** An older server does not say it with the comment. */
async function isMinimized(desk: Desk, comment: OwnComment): Promise<boolean> {
  const answer = await desk.api.graphql<{ node: { isMinimized?: boolean } | null }>(ask, {
    id: comment.nodeId,
  });
  return answer.ok && answer.data.node?.isMinimized === true;
}
