import type { Result } from "../../shared/result.ts";
import { fail, succeed } from "../../shared/result.ts";
import { Stop } from "../../shared/stop.ts";
import type { Reconciled, View } from "../port.ts";
import { expandComments, reconcileComments } from "./reconcile-comments.ts";
import { reconcileLabels } from "./reconcile-labels.ts";
import { type DeskOptions, openDesk } from "./reconcile-open-desk.ts";
import { reconcilePull } from "./reconcile-pull.ts";
import { closeStatusComment, openStatusComment } from "./reconcile-status-comment.ts";
import { removeDoubles } from "./remove-double-comments.ts";
import { mergeChecks } from "./status-comment-memory.ts";

/**
 * Makes a thread and its pull requests as the view says, and writes only what differs. What a person or a setting refuses is a note;
 * where GitHub cannot be reached it stops, and the next run goes on from what is there.
 */
export async function reconcileView(options: DeskOptions, view: View): Promise<Result<Reconciled>> {
  try {
    const desk = await openDesk(options, view.issue);
    await removeDoubles(desk);
    await openStatusComment(desk, view);
    // Before the comments: what a pull request says in full is said there, and only named here.
    for (const pull of view.pullRequests) await reconcilePull(desk, pull);
    const shown = await reconcileComments(desk, await expandComments(desk, view));
    const labels = await reconcileLabels(desk, view.labels);
    await closeStatusComment(desk, view, shown, {
      labels,
      notices: [...desk.after.notices],
      hidden: [...desk.after.hidden],
      checks: mergeChecks(desk.before.checks, [...desk.after.checks]),
    });
    return succeed({ writes: desk.writes, notes: desk.notes });
  } catch (error) {
    if (error instanceof Stop) return fail(error.failure);
    throw error;
  }
}
