import { type Draft, record } from "./draft.ts";
import type { Actor } from "./role.ts";
import type { Issue } from "./trigger.ts";

/** Binds the ledger to its repository and issue, once. */
export function openFeature(draft: Draft, issue: Issue, by: Actor): void {
  if (draft.state.feature) return;
  const { id, number, title, repository, requester } = issue;
  record(draft, { type: "FeatureOpened", repository, issue: { id, number, title }, requester, by });
}
