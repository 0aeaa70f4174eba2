import { accept, type Decision, openDraft, record, refuse } from "./draft.ts";
import { cancelUnapprovedBuilds } from "./end-leases.ts";
import type { Policy } from "./policy.ts";
import type { State } from "./state.ts";
import type { TriggerOf } from "./trigger.ts";

/** An approval lives as long as its comment does, as it was written. Builds that lose their quorum end. */
export function decideCommentChanged(
  state: State,
  trigger: TriggerOf<"comment-edited" | "comment-deleted">,
  policy: Policy,
): Decision {
  const { comment, kind } = trigger;
  const approvals = state.approvals.filter((approval) => approval.comment === comment);
  if (approvals.length === 0) {
    return refuse({ reason: "nothing-to-do", what: "the comment holds no approval" });
  }
  const draft = openDraft(state, trigger, policy);
  for (const { actorId } of approvals) {
    record(draft, { type: "ApprovalVoided", comment, actorId, why: kind });
  }
  cancelUnapprovedBuilds(draft);
  return accept(draft);
}
