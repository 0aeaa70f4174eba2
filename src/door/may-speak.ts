import type { Delivery } from "../forge/github/delivery.ts";
import type { State } from "../workflow/state.ts";
import type { Trigger } from "../workflow/trigger.ts";

/** What somebody said, and what counts by who said it. The rest are facts, or can only take an approval away. */
const said: ReadonlySet<Trigger["kind"]> = new Set([
  ...(["labeled", "command", "document-edited", "person-review"] as const),
]);

/**
 * Whether an event that is sent again may be carried out. "Re-run" brings the words of one person by the hand of another, long after they
 * were said: what was refused then may pass now. So nobody's words are decided because somebody else runs them again; what was decided
 * before is only looked after.
 */
export const maySpeak = (
  presser: string | null,
  { sender }: Delivery,
  trigger: Trigger,
  { sources }: State,
): boolean =>
  presser === null ||
  presser.toLowerCase() === sender.login.toLowerCase() ||
  !said.has(trigger.kind) ||
  sources.has(trigger.source);
