import { decideClock } from "./decide-clock.ts";
import { decideCommand } from "./decide-command.ts";
import { decideCommentChanged } from "./decide-comment-changed.ts";
import { decideDocumentEdited } from "./decide-document-edited.ts";
import { decideLabeled } from "./decide-labeled.ts";
import { decideMoved } from "./decide-moved.ts";
import { decidePersonPush } from "./decide-person-push.ts";
import { decidePersonReview } from "./decide-person-review.ts";
import { decidePullRequestClosed } from "./decide-pull-request-closed.ts";
import { decideRunClaimed } from "./decide-run-claimed.ts";
import { decideRunFinished } from "./decide-run-finished.ts";
import { type Decision, refuse } from "./draft.ts";
import type { Policy } from "./policy.ts";
import type { State } from "./state.ts";
import type { Trigger } from "./trigger.ts";

export type { Decision } from "./draft.ts";

/**
 * What a trigger leads to: events to append, or a refusal with its reason. Pure: no clock (the trigger says
 * when), no randomness. Every event carries the trigger's source and time; a source seen before is refused.
 */
export function decide(state: State, trigger: Trigger, policy: Policy): Decision {
  if (state.sources.has(trigger.source)) {
    return refuse({ reason: "already-seen", source: trigger.source });
  }
  switch (trigger.kind) {
    case "labeled":
      return decideLabeled(state, trigger, policy);
    case "command":
      return decideCommand(state, trigger, policy);
    case "document-edited":
      return decideDocumentEdited(state, trigger, policy);
    case "comment-edited":
    case "comment-deleted":
      return decideCommentChanged(state, trigger, policy);
    case "person-review":
      return decidePersonReview(state, trigger, policy);
    case "person-push":
      return decidePersonPush(state, trigger, policy);
    case "pull-request-closed":
      return decidePullRequestClosed(state, trigger, policy);
    case "moved":
      return decideMoved(state, trigger, policy);
    case "run-finished":
      return decideRunFinished(state, trigger, policy);
    case "run-claimed":
      return decideRunClaimed(state, trigger, policy);
    case "clock":
      return decideClock(state, trigger, policy);
  }
}
