import { settleText } from "./comment-marker.ts";
import { saysTheSame } from "./fit-comment.ts";
import type { OwnComment } from "./list-own-comments.ts";

/** A comment as it should stand: one of the view, or a part of a long one. */
export type WantedComment = { key: string; at: number; body: string; superseded: boolean };

export type CommentAction =
  | { kind: "create"; wanted: WantedComment }
  | { kind: "edit"; comment: OwnComment; body: string }
  /** Hidden as outdated, or where that is refused, collapsed. */
  | { kind: "hide"; comment: OwnComment; body: string }
  | { kind: "delete"; comment: OwnComment };

export const STATUS_KEY = "status";

/** The text of a superseded comment where it cannot be hidden: folded, with its first line in sight. */
export function collapse(body: string): string {
  const title = (body.split("\n").find((line) => line.trim() !== "") ?? "")
    .replace(/[#*_`<>|[\]]/g, "")
    .trim()
    .slice(0, 120);
  return `<details><summary>Superseded: ${title}</summary>\n\n${body}\n\n</details>`;
}

/**
 * What makes the thread as it should be. A comment that a person edited is left alone. One that is missing below the highest place
 * that was posted was deleted by a person and stays away. Doubles of two runs at once are removed, the first stays.
 */
export function planComments(
  wanted: readonly WantedComment[],
  existing: readonly OwnComment[],
): CommentAction[] {
  const highest = Math.max(-1, ...existing.map(({ at }) => at));
  const byKey = Map.groupBy(existing, ({ key }) => key);
  const actions = wanted.flatMap((each): CommentAction[] => {
    const comment = byKey.get(each.key)?.[0];
    if (comment) return planOne(each, comment);
    return each.at < highest ? [] : [{ kind: "create", wanted: each }];
  });
  return [...actions, ...planRemovals(wanted, byKey)];
}

function planOne(wanted: WantedComment, comment: OwnComment): CommentAction[] {
  const says = (body: string): boolean => saysTheSame(comment.body, settleText(body));
  if (wanted.superseded && says(collapse(wanted.body))) return [];
  const actions: CommentAction[] = [];
  if (comment.intact && !says(wanted.body))
    actions.push({ kind: "edit", comment, body: wanted.body });
  if (wanted.superseded) actions.push({ kind: "hide", comment, body: wanted.body });
  return actions;
}

const part = /\.part\d+$/;

/** Doubles, and parts of a text that has become shorter. Never what a person edited. */
function planRemovals(
  wanted: readonly WantedComment[],
  byKey: ReadonlyMap<string, OwnComment[]>,
): CommentAction[] {
  const keys = new Set(wanted.map(({ key }) => key));
  const removals: CommentAction[] = [];
  for (const [key, comments] of byKey) {
    const surplus = part.test(key) && !keys.has(key) && keys.has(key.replace(part, ""));
    for (const comment of surplus ? comments : comments.slice(1))
      if (comment.intact) removals.push({ kind: "delete", comment });
  }
  return removals;
}
