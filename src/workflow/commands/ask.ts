import type { CommandHandler } from "../command-handler.ts";
import { acceptUnless, openDraft, record, refuse } from "../draft.ts";
import { openForQuestion } from "../open-feature.ts";
import { startPhase } from "../start-phase.ts";

const definition = {
  name: "ask",
  summary: "Ask about the code; the answer changes nothing",
  usage: "/ask <question>",
  role: "triage",
  options: [],
  arguments: { least: 1, most: Number.POSITIVE_INFINITY },
} as const;

/** More is no question, and every character is paid for. */
const LONGEST = 4_000;

/** Name of a question: its comment's id, as keys, documents and comments of ours can hold it. */
const nameQuestion = (comment: string): string =>
  comment.replace(/[^A-Za-z0-9_.-]/g, "-").slice(0, 80);

/** A question is leased work like any other, beside all other work: it asks for no design and holds nothing up. */
export const ask: CommandHandler = {
  definition,
  decide(state, trigger, policy) {
    const { actor: by, command, comment, issue } = trigger;
    const text = command.rest.trim();
    if (text === "" || text.length > LONGEST) {
      const { name, usage } = definition;
      const detail = text ? `a question has at most ${LONGEST} characters` : "it asks nothing";
      return refuse({ reason: "bad-arguments", name, usage, detail });
    }
    const draft = openDraft(state, trigger, policy);
    openForQuestion(draft, issue, by);
    const exploration = nameQuestion(comment.id);
    record(draft, { type: "QuestionPut", exploration, text, comment: comment.id, by });
    return acceptUnless(draft, startPhase(draft, { phase: "ask", spec: null, exploration }));
  },
};
