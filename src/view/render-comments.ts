import { documentsOf } from "../documents/name-in-ledger.ts";
import type { ViewComment } from "../forge/port.ts";
import { explainFailure } from "../shared/explain-failure.ts";
import type { Event, EventOf } from "../workflow/event.ts";
import { nameWork } from "../workflow/name-work.ts";
import type { Policy } from "../workflow/policy.ts";
import type { State } from "../workflow/state.ts";
import { inert } from "./inert.ts";
import { keyOf } from "./key-of.ts";
import { renderAnswerComment, renderUnanswered } from "./render-answer-comment.ts";
import { renderPlanComments } from "./render-plan-comments.ts";
import { renderQuestions } from "./render-questions.ts";
import { renderValidation } from "./render-validation.ts";
import {
  renderAcceptedComment,
  renderExhaustedComment,
  renderScoreComment,
} from "./render-verdict-comments.ts";

/** What the view is made of: a ledger's fold, its events and its documents, and the policy. */
export type ViewFacts = {
  issue: number;
  state: State;
  events: readonly Event[];
  documents: Readonly<Record<string, string>>;
  policy: Policy;
};

/** What a writer says; the rest is what most comments are: current, and no document. */
export type Told = Pick<ViewComment, "key" | "markdown"> & Partial<ViewComment>;
type Writer<T extends Event["type"]> = (event: EventOf<T>, facts: ViewFacts) => Told | Told[];

const validationComment: Writer<"PlanValidated"> = (event, facts) => {
  const document = event.report;
  const text = documentsOf(facts.documents, facts.state.selected)[document];
  const key = keyOf(event, document.replace(/\.md$/, ""));
  if (text === undefined)
    return { key, markdown: `The report ${document} is missing from the ledger.` };
  const posted = facts.events.find(
    (each) => each.type === "PlanPosted" && each.plan.hash === event.planHash,
  );
  if (posted?.type !== "PlanPosted") return { key, markdown: renderValidation(text) };
  const { base, revision } = posted.plan;
  const made = posted.origin === "validator" ? { revision } : {};
  return {
    key,
    markdown: renderValidation(text, made),
    hosted: renderValidation(text, { ...made, base }),
  };
};

const failureComment: Writer<"PhaseFailed"> = (event, facts) => {
  const { key, nonce, failure, step, work } = event;
  if (key.phase === "ask") return renderUnanswered(event, facts);
  const { what, remedy } = explainFailure(failure);
  const kept = work ? ` The work is kept at \`${work.ref}\` (\`${work.head.slice(0, 7)}\`).` : "";
  const where = step ? ` at step ${step}` : "";
  const markdown = `**The ${nameWork(key)} ended${where}.** ${inert(what)}${kept}\n\n${inert(remedy)}`;
  return { key: `failure-${nonce.slice(0, 12)}`, markdown };
};

const expiredComment: Writer<"LeaseExpired"> = (event, facts) => {
  const { nonce, key, why } = event;
  if (key.phase === "ask") return renderUnanswered(event, facts);
  const how = why === "cancelled" ? "cancelled" : "gone";
  return {
    key: `expired-${nonce.slice(0, 12)}`,
    markdown: `The run of the ${nameWork(key)} is ${how}; what it had reserved counts as spent.`,
  };
};

const pausedWords: Record<EventOf<"FeaturePaused">["why"], string> = {
  "person-push":
    "Somebody pushed to the branch. `/continue` reviews what is there now; `/cancel` ends the feature.",
  "over-budget":
    "The budget is used up. Raise `budget:` in the configuration, then `/continue`; `/cancel` ends the feature.",
  "pull-request-closed":
    "The pull request was closed. `/continue` goes on; `/cancel` ends the feature.",
  "pull-request-retargeted":
    "The pull request goes into another branch now. Set it back, or `/continue` to go on as it is; `/cancel` ends the feature.",
  "issue-gone":
    "The issue was transferred or deleted. `/continue` goes on; `/cancel` ends the feature.",
};

const voidedWords = {
  "comment-deleted": "the comment was deleted",
  "comment-edited": "the comment was edited",
  "role-lost": "who wrote it may not approve any more",
} as const;

/** Why work that was approved waits again. A new revision says so itself. */
const voidedComment: Writer<"ApprovalVoided"> = ({ comment, why }, { events }) => {
  if (why === "new-revision") return [];
  const given = events.find((event) => event.type === "PlanApproved" && event.comment === comment);
  const whose = given?.type === "PlanApproved" ? ` by ${given.by.login}` : "";
  const markdown = `The approval${whose} counts no longer: ${voidedWords[why]}.`;
  return { key: `voided-${comment}`, markdown };
};

const writers: { [T in Event["type"]]?: Writer<T> } = {
  QuestionsAsked: (event) => ({
    key: keyOf(event, "questions"),
    markdown: renderQuestions(event.questions),
  }),
  PlanPosted: renderPlanComments,
  PlanValidated: validationComment,
  PlanApproved: ({ by, planHash, unvalidated, comment }) => ({
    key: `approved-${comment}`,
    markdown: `Plan \`${planHash.slice(0, 7)}\` is approved by ${by.login}${unvalidated ? ", **without validation**" : ""}.`,
  }),
  ApprovalVoided: voidedComment,
  PhaseFailed: failureComment,
  LeaseExpired: expiredComment,
  AnswerGiven: renderAnswerComment,
  ReviewScored: renderScoreComment,
  SpecAccepted: renderAcceptedComment,
  SpecExhausted: renderExhaustedComment,
  FeaturePaused: (event) => ({
    key: keyOf(event, "paused"),
    markdown: `**Paused.** ${pausedWords[event.why]}`,
  }),
  FeatureCancelled: (event) => ({
    key: keyOf(event, "cancelled"),
    markdown: `**Cancelled** by ${event.by.login}. \`/design\` begins anew.`,
  }),
};

/** The comments of the thread, in the order of what happened, each with a key of its own. */
export function renderComments(facts: ViewFacts): ViewComment[] {
  return facts.events.flatMap((event, at) => {
    const write = writers[event.type] as Writer<Event["type"]> | undefined;
    const told = [write?.(event as never, facts) ?? []].flat();
    // Whole once more: a tick left open in one field could take the code span of another apart. Specs are inert as they are.
    return told.map((each) => ({
      ...{ at, superseded: false, document: null, ...each },
      key: each.key.replace(/[^\w.-]/g, "-"),
      markdown: each.key.startsWith("spec-") ? each.markdown : inert(each.markdown),
      ...(each.hosted === undefined ? {} : { hosted: inert(each.hosted) }),
    }));
  });
}
