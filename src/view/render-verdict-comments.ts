import { documentsOf } from "../documents/name-in-ledger.ts";
import { parseReviewReport } from "../documents/parse-review-report.ts";
import { formatMicros } from "../shared/money.ts";
import type { Event, EventOf } from "../workflow/event.ts";
import { evolve, initialState } from "../workflow/evolve.ts";
import { keyOf, keyOfReview } from "./key-of.ts";
import type { Told, ViewFacts } from "./render-comments.ts";
import { renderReview, renderVerdict } from "./render-review.ts";

type Scored = EventOf<"ReviewScored">;
type End = EventOf<"SpecAccepted"> | EventOf<"SpecExhausted">;

/** What the same decision brought beside the score. */
function listSameSource(event: Event, { events }: ViewFacts): readonly Event[] {
  const after = events.slice(events.indexOf(event) + 1);
  const next = after.findIndex(({ source }) => source !== event.source);
  return next < 0 ? after : after.slice(0, next);
}

/** What follows from a score; empty where its own headline says it. */
export function describeEnding(event: Scored, facts: ViewFacts): string {
  const same = listSameSource(event, facts);
  if (same.some(({ type }) => type === "FixRequested")) {
    return "A fix round follows; `/cancel` stops it, `/dismiss <finding> <why>` takes a finding back.";
  }
  return same.some(({ type }) => type === "SpecExhausted")
    ? "No fix round is left: the branch is yours."
    : "";
}

/** The end of a spec has a comment of its own, with the same score: then the thread needs no second headline. */
function renderBrief(event: Scored, text: string, facts: ViewFacts): string | null {
  const isEnd = listSameSource(event, facts).some(
    ({ type }) => type === "SpecAccepted" || type === "SpecExhausted",
  );
  const report = parseReviewReport(text);
  if (isEnd || !report.ok) return null;
  const head = renderVerdict(report.value, facts.policy.review.maxRounds);
  return [head, describeEnding(event, facts)].filter(Boolean).join("\n\n");
}

/** A score: in full where there is no pull request, one headline where its review says it. */
export function renderScoreComment(event: Scored, facts: ViewFacts): Told {
  const { report: document, spec } = event;
  const key = keyOf(event, document.replace(/\.md$/, ""));
  const text = documentsOf(facts.documents, facts.state.selected)[document];
  if (text === undefined)
    return { key, markdown: `The report ${document} is missing from the ledger.` };
  const brief = renderBrief(event, text, facts);
  return {
    key,
    markdown: renderReview(text, facts.policy.review.maxRounds),
    onPull: { spec, review: keyOfReview(event), brief },
  };
}

/** Where the pull request has the review that ended it, the headline leads there. */
function pullOf(event: End, facts: ViewFacts, brief: string): Pick<Told, "onPull"> {
  const before = facts.events.slice(0, facts.events.indexOf(event));
  const review = before.findLast(
    (each): each is Scored => each.type === "ReviewScored" && each.spec === event.spec,
  );
  return review ? { onPull: { spec: event.spec, review: keyOfReview(review), brief } } : {};
}

/** Up to that event: what is spent later must not change what was said. */
function spentUntil(event: Event, { events }: ViewFacts): string {
  const { money } = events.slice(0, events.indexOf(event) + 1).reduce(evolve, initialState);
  const known = formatMicros(money.spent.micros);
  return money.unknown ? `${known} and ${money.spent.tokens} tokens of unknown price` : known;
}

/** The score passes: a person merges. */
export function renderAcceptedComment(event: EventOf<"SpecAccepted">, facts: ViewFacts): Told {
  const { spec, head, score } = event;
  const spent = `${spentUntil(event, facts)} spent so far`;
  const markdown = `**${spec} is accepted: ${score} of 100, ready for you to merge** (\`${head.slice(0, 7)}\`, ${spent})`;
  return {
    key: keyOf(event, `accepted-${spec}`),
    markdown,
    ...pullOf(event, facts, markdown),
  };
}

/** The score does not pass, and no round is left: a person takes over. */
export function renderExhaustedComment(event: EventOf<"SpecExhausted">, facts: ViewFacts): Told {
  const { spec, score, rounds } = event;
  const after = `${rounds} fix ${rounds === 1 ? "round" : "rounds"}`;
  const title = `**${spec} stands at ${score} of 100 after ${after}; no round is left**`;
  const markdown = `${title}\n\nThe last review says what is missing, and the branch is yours. \`/refine <what should change>\` begins a new revision.`;
  return {
    key: keyOf(event, `exhausted-${spec}`),
    markdown,
    ...pullOf(event, facts, markdown),
  };
}
