import { completeFileLinks } from "../../shared/file-link.ts";
import type { View, ViewComment } from "../port.ts";
import { writeMarked } from "./comment-marker.ts";
import { fitComment } from "./fit-comment.ts";
import { hideComment } from "./hide-comment.ts";
import { listOwnComments, type OwnComment, toOwnComment } from "./list-own-comments.ts";
import {
  type CommentAction,
  planComments,
  STATUS_KEY,
  type WantedComment,
} from "./plan-comments.ts";
import {
  createOnce,
  type Desk,
  hasRule,
  isRefusal,
  note,
  take,
  tryWrite,
} from "./reconcile-desk.ts";
import { removeComment } from "./remove-double-comments.ts";

/** What to say here of a comment of the view: less, where the pull request says it already; null is nothing. */
function chooseWords(desk: Desk, { markdown, hosted, onPull }: ViewComment): string | null {
  const pull = onPull && desk.pulls.get(onPull.spec);
  if (!pull || (pull.reviews !== null && !pull.reviews.has(onPull.review)))
    return hosted === undefined ? markdown : completeFileLinks(hosted, desk.links.web);
  if (onPull.brief === null) return null;
  const [head = "", ...rest] = onPull.brief.split("\n");
  return [`${head} · #${pull.number}`, ...rest].join("\n");
}

/** Comments of the view and, behind long ones, their parts. */
export async function expandComments(desk: Desk, view: View): Promise<WantedComment[]> {
  const wanted: WantedComment[] = [];
  for (const comment of [...view.comments].sort((a, b) => a.at - b.at)) {
    const { key, at, superseded, document } = comment;
    const words = chooseWords(desk, comment);
    if (words === null) continue;
    const link = () => desk.links.ledger(view.issue, document);
    const bodies = await fitComment(words, { issue: view.issue, link });
    for (const [index, body] of bodies.entries())
      wanted.push({ key: index === 0 ? key : `${key}.part${index + 1}`, at, body, superseded });
  }
  return wanted;
}

/** Posts what is missing in order, corrects what differs, hides what is superseded. Returns the place up to which all is shown. */
export async function reconcileComments(
  desk: Desk,
  wanted: readonly WantedComment[],
): Promise<number> {
  const existing = desk.comments.filter(({ key }) => !isBeside(key));
  const actions = planComments(wanted, existing);
  let shown = Math.max(0, ...wanted.map(({ at }) => at + 1));
  let refused = false;
  for (const action of actions) {
    if (action.kind === "create") {
      if (refused) continue;
      const created = await createComment(desk, action.wanted);
      refused = created === null;
      if (refused) shown = action.wanted.at;
      else if (created && action.wanted.superseded)
        await hideComment(desk, created, action.wanted.body);
    } else await carryOut(desk, action);
  }
  return shown;
}

/** Answers and notices have no place in the order of events. */
const isBeside = (key: string): boolean => /^(?:reply|notice)-/.test(key);

async function carryOut(
  desk: Desk,
  action: Exclude<CommentAction, { kind: "create" }>,
): Promise<void> {
  if (action.kind === "edit") await editComment(desk, action.comment, action.body);
  else if (action.kind === "hide") await hideComment(desk, action.comment, action.body);
  else await removeComment(desk, action.comment.id);
}

/** null where GitHub refuses new comments: a locked issue is a note, not a failure. */
export async function createComment(
  desk: Desk,
  { key, at, body }: { key: string; at: number; body: string },
): Promise<OwnComment | null> {
  if (desk.locked) return null;
  const text = writeMarked({ key, at }, body);
  const answer = await createOnce<OwnComment>(
    async () => {
      const posted = await desk.api.request(
        "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
        { issue_number: desk.issue, body: text },
      );
      if (!posted.ok) return posted;
      const comment = toOwnComment({
        ...posted.data,
        id: Number(posted.data.id),
        user: null,
        body: text,
      });
      if (!comment) throw new Error(`the marker of ${key} cannot be read`);
      return { ...posted, data: { ...comment, minimized: comment.minimized ?? false } };
    },
    async () =>
      take(await listOwnComments(desk.api, desk.issue, desk.own)).find(
        (each) => each.key === key,
      ) ?? null,
  );
  const created = tryWrite(desk, `The comment ${key} could not be posted`, answer);
  if (!answer.ok && hasRule(answer, "issue-locked")) desk.locked = true;
  if (created) desk.comments.push(created);
  return created;
}

/** Where a person deleted or edited it meanwhile, that stands. */
export async function editComment(
  desk: Desk,
  comment: OwnComment,
  body: string,
  at: number = comment.at,
): Promise<void> {
  const answer = await desk.api.request(
    "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
    { comment_id: comment.id, body: writeMarked({ key: comment.key, at }, body) },
  );
  if (!answer.ok && hasRule(answer, "not-found", "gone") && isRefusal(answer)) {
    note(desk, `The comment ${comment.key} is gone`, answer);
    return;
  }
  tryWrite(desk, `The comment ${comment.key} could not be changed`, answer);
}

export { STATUS_KEY };
