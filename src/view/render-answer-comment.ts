import { explainFailure } from "../shared/explain-failure.ts";
import type { EventOf } from "../workflow/event.ts";
import { inertLine } from "./inert.ts";
import type { Told, ViewFacts } from "./render-comments.ts";

type Put = EventOf<"QuestionPut">;

/** Most of a question that is repeated above its answer. */
const SHOWN = 300;

const findQuestion = ({ events }: ViewFacts, exploration: string): Put | undefined =>
  events.find(
    (event): event is Put => event.type === "QuestionPut" && event.exploration === exploration,
  );

function repeat(question: Put | undefined): string[] {
  if (!question) return [];
  const line = question.text.replace(/\s+/g, " ").trim();
  const shown = line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
  return [`**${inertLine(question.by.login)} asked**: ${inertLine(shown)}`];
}

/** The answer to a question, below the question: several may be asked at once. */
export function renderAnswerComment(event: EventOf<"AnswerGiven">, facts: ViewFacts): Told {
  const { exploration, document } = event;
  const text = facts.documents[document] ?? `The answer ${document} is missing from the ledger.`;
  const question = findQuestion(facts, exploration);
  return {
    key: `answer-${exploration}`,
    markdown: [...repeat(question), text.trimEnd()].join("\n\n"),
  };
}

/** A question that got no answer, and why; a start that is made again by itself says nothing yet. */
export function renderUnanswered(
  event: EventOf<"PhaseFailed"> | EventOf<"LeaseExpired">,
  facts: ViewFacts,
): Told | [] {
  const { key, nonce } = event;
  // The end of everything is told once.
  if (event.type === "LeaseExpired" && event.why === "cancelled") return [];
  const again = facts.events.some(
    (each) =>
      each.type === "PhaseStarted" &&
      each.source === event.source &&
      each.lease.phase === "ask" &&
      each.lease.exploration === key.exploration,
  );
  if (again) return [];
  const why = event.type === "PhaseFailed" ? explainFailure(event.failure) : expiredWords(event);
  // There is nothing to retry: a question is asked again.
  const remedy = why.remedy.includes("/retry") ? "" : why.remedy;
  const said = ["**The question was not answered.**", why.what, remedy].filter(Boolean).join(" ");
  const question = findQuestion(facts, key.exploration);
  return {
    key: `unanswered-${nonce.slice(0, 12)}`,
    markdown: [...repeat(question), said, "Ask again in a new comment: `/ask <question>`"].join(
      "\n\n",
    ),
  };
}

const expiredWords = ({ why }: EventOf<"LeaseExpired">) => ({
  what: why === "timed-out" ? "Its run took too long." : "Its run is gone.",
  remedy: "",
});
