import type { View } from "../port.ts";
import { shortHash } from "./comment-marker.ts";
import { fitBody } from "./fit-comment.ts";
import { linkStatus } from "./link-status.ts";
import type { OwnComment } from "./list-own-comments.ts";
import { STATUS_KEY } from "./plan-comments.ts";
import { createComment, editComment } from "./reconcile-comments.ts";
import type { Desk } from "./reconcile-desk.ts";
import { noMemory, type StatusMemory, writeMemory } from "./status-comment-memory.ts";

export const findStatus = (comments: readonly OwnComment[]): OwnComment | undefined =>
  comments.find(({ key }) => key === STATUS_KEY);

/** Puts the status comment above all others. Where others are already there, a person has deleted it, and it stays away. */
export async function openStatusComment(desk: Desk, view: View): Promise<void> {
  if (desk.comments.some(({ key }) => !key.startsWith("reply-"))) return;
  const body = writeMemory(await fitStatus(view, desk), noMemory);
  await createComment(desk, { key: STATUS_KEY, at: 0, body });
}

/**
 * Edits the status comment in place, last of all: what it remembers has then been done. `shown` is the place below which every comment has
 * been posted.
 */
export async function closeStatusComment(
  desk: Desk,
  view: View,
  shown: number,
  memory: StatusMemory,
): Promise<void> {
  const status = findStatus(desk.comments);
  if (!status) return;
  if (!status.intact) {
    desk.notes.push("The status comment was edited by a person and is left as it is.");
    return;
  }
  const body = writeMemory(await fitStatus(view, desk), memory);
  if (status.sha === shortHash(body) && status.at === shown) return;
  await editComment(desk, status, body, shown);
}

const fitStatus = ({ status, issue, run }: View, desk: Desk): Promise<string> =>
  fitBody(linkStatus(status, run ?? null, desk), { issue, link: async () => null });
