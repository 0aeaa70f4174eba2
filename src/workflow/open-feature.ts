import { type Draft, record } from "./draft.ts";
import type { Actor } from "./role.ts";
import type { Issue } from "./trigger.ts";

/** Binds the ledger to its repository and issue, once; what was opened for a question alone is opened as a feature. */
export function openFeature(draft: Draft, issue: Issue, by: Actor): void {
  if (draft.state.feature && draft.state.status !== "absent") return;
  const { id, number, title, repository, requester } = issue;
  record(draft, { type: "FeatureOpened", repository, issue: { id, number, title }, requester, by });
}

/** Binds the ledger for a question: nothing is requested, and the label starts a design as before. */
export function openForQuestion(draft: Draft, issue: Issue, by: Actor): void {
  if (draft.state.feature) return;
  const { id, number, title, repository, requester } = issue;
  const bound = { repository, issue: { id, number, title }, requester, by };
  record(draft, { type: "FeatureOpened", ...bound, only: "question" });
}
