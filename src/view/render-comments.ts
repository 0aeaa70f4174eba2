import { createHash } from "node:crypto";
import { documentsOf } from "../documents/name-in-ledger.ts";
import type { ViewComment } from "../forge/port.ts";
import { explainFailure } from "../shared/explain-failure.ts";
import { formatMicros } from "../shared/money.ts";
import type { Event, EventOf } from "../workflow/event.ts";
import { evolve, initialState } from "../workflow/evolve.ts";
import type { Policy } from "../workflow/policy.ts";
import type { State } from "../workflow/state.ts";
import { inert } from "./inert.ts";
import { renderAnswerComment, renderUnanswered } from "./render-answer-comment.ts";
import { renderPlanComments } from "./render-plan-comments.ts";
import { renderQuestions } from "./render-questions.ts";
import { renderReview } from "./render-review.ts";
import { renderValidation } from "./render-validation.ts";

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

/** A key that only this event has: sources are unique in a ledger, and survive what later versions add to it. */
export const keyOf = (event: Event, name: string): string =>
  `${name}-${createHash("sha256").update(event.source).digest("hex").slice(0, 12)}`;

const keyWords = (key: { phase: string; spec: string | null }): string =>
  key.spec ? `${key.phase} of ${key.spec}` : key.phase;

function reportComment(
  event: EventOf<"PlanValidated"> | EventOf<"ReviewScored">,
  facts: ViewFacts,
  render: (markdown: string) => string,
): Told {
  const document = event.report;
  const text = documentsOf(facts.documents, facts.state.selected)[document];
  const markdown =
    text === undefined ? `The report ${document} is missing from the ledger.` : render(text);
  return { key: keyOf(event, document.replace(/\.md$/, "")), markdown };
}

const failureComment: Writer<"PhaseFailed"> = (event, facts) => {
  const { key, nonce, failure, step, work } = event;
  if (key.phase === "ask") return renderUnanswered(event, facts);
  const { what, remedy } = explainFailure(failure);
  const kept = work ? ` The work is kept at \`${work.ref}\` (\`${work.head.slice(0, 7)}\`).` : "";
  const where = step ? ` at step ${step}` : "";
  const markdown = `**The ${keyWords(key)} ended${where}.** ${inert(what)}${kept}\n\n${inert(remedy)}`;
  return { key: `failure-${nonce.slice(0, 12)}`, markdown };
};

const expiredComment: Writer<"LeaseExpired"> = (event, facts) => {
  const { nonce, key, why } = event;
  if (key.phase === "ask") return renderUnanswered(event, facts);
  const how = why === "cancelled" ? "cancelled" : "gone";
  return {
    key: `expired-${nonce.slice(0, 12)}`,
    markdown: `The run of the ${keyWords(key)} is ${how}; what it had reserved counts as spent.`,
  };
};

/** Up to that event: what is spent later must not change what was said. */
function spentUntil(event: Event, { events }: ViewFacts): string {
  const { money } = events.slice(0, events.indexOf(event) + 1).reduce(evolve, initialState);
  const known = formatMicros(money.spent.micros);
  return money.unknown ? `${known} and ${money.spent.tokens} tokens of unknown price` : known;
}

const acceptedComment: Writer<"SpecAccepted"> = (event, facts) => {
  const { spec, head, score } = event;
  const spent = `${spentUntil(event, facts)} spent so far`;
  return {
    key: `accepted-${spec}-${head.slice(0, 12)}`,
    markdown: `**${spec} is accepted: ${score} of 100, ready for you to merge** (\`${head.slice(0, 7)}\`, ${spent}).`,
  };
};

const exhaustedComment: Writer<"SpecExhausted"> = ({ spec, score, rounds, head }) => ({
  key: `exhausted-${spec}-${head.slice(0, 12)}`,
  markdown: `**${spec} stands at ${score} of 100 after ${rounds} fix rounds; no round is left.** The last review says what is missing, and the branch is yours.`,
});

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

const writers: { [T in Event["type"]]?: Writer<T> } = {
  QuestionsAsked: (event) => ({
    key: keyOf(event, "questions"),
    markdown: renderQuestions(event.questions),
  }),
  PlanPosted: renderPlanComments,
  PlanValidated: (event, facts) => reportComment(event, facts, renderValidation),
  PlanApproved: ({ by, planHash, unvalidated, comment }) => ({
    key: `approved-${comment}`,
    markdown: `Plan \`${planHash.slice(0, 7)}\` is approved by ${by.login}${unvalidated ? ", **without validation**" : ""}.`,
  }),
  PhaseFailed: failureComment,
  LeaseExpired: expiredComment,
  AnswerGiven: renderAnswerComment,
  ReviewScored: (event, facts) =>
    reportComment(event, facts, (text) => renderReview(text, facts.policy.review.maxRounds)),
  SpecAccepted: acceptedComment,
  SpecExhausted: exhaustedComment,
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
    }));
  });
}
