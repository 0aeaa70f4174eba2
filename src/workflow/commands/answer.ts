import { checkActor } from "../check-actor.ts";
import type { ParsedCommand } from "../command.ts";
import type { CommandHandler } from "../command-handler.ts";
import { acceptUnless, openDraft, record, refuse } from "../draft.ts";
import type { Question } from "../phase.ts";
import type { Refusal } from "../refusal.ts";
import { checkOpen, startPhase } from "../start-phase.ts";

const definition = {
  name: "answer",
  summary: "Answer the open questions, by number or in your own words",
  usage: '/answer 1 b 2 "500 tenants" 3 a',
  role: "triage",
  options: [],
  arguments: { least: 1, most: Number.POSITIVE_INFINITY },
} as const;

type Answers = { answers: { question: string; answer: string }[]; text: string };

/** The question that a person names: by the number that the thread shows before it, else by its own name. */
function findQuestion(word: string, questions: readonly Question[]): Question | undefined {
  const shown = /^\d+$/.test(word) ? questions[Number(word) - 1] : undefined;
  return shown ?? questions.find(({ id }) => id === word);
}

/** Pairs of question and answer when every other word looks like the number of a question; free words otherwise. */
function readAnswers(command: ParsedCommand, questions: readonly Question[]): Answers | Refusal {
  const { positional, rest } = command;
  const [line = "", ...below] = rest.split("\n");
  const ids = positional.filter((_, index) => index % 2 === 0);
  const isPaired = ids.every((id) => /^\d+$/.test(id) || findQuestion(id, questions));
  if (positional.length === 0 || positional.length % 2 !== 0 || !isPaired) {
    return { answers: [], text: [line, ...below].join("\n").trim() };
  }
  const known = questions.map((_, index) => String(index + 1));
  const question = ids.find((id) => !findQuestion(id, questions));
  if (question !== undefined) return { reason: "unknown-question", question, known };
  const answers = ids.map((id, index) => ({
    question: findQuestion(id, questions)?.id ?? id,
    answer: positional[index * 2 + 1] ?? "",
  }));
  return { answers, text: below.join("\n").trim() };
}

/** The requester may always answer: nobody else knows what was meant. */
export const answer: CommandHandler = {
  definition,
  authorise(state, { actor }, policy) {
    const requester = actor.kind === "person" && actor.id === state.feature?.requester.id;
    const least = policy.commandRoles.answer ?? definition.role;
    return requester ? null : checkActor(actor, "/answer", least);
  },
  decide(state, trigger, policy) {
    const { actor: by, command } = trigger;
    const closed = checkOpen(state, policy.label);
    if (closed) return refuse(closed);
    if (state.asking === null) return refuse({ reason: "no-questions" });
    const read = readAnswers(command, state.questions);
    if ("reason" in read) return refuse(read);
    if (read.answers.length === 0 && !read.text) {
      const { name, usage } = definition;
      return refuse({ reason: "bad-arguments", name, usage, detail: "it answers nothing" });
    }
    const draft = openDraft(state, trigger, policy);
    const exploration = state.asking;
    record(draft, { type: "QuestionsAnswered", exploration, ...read, by });
    return acceptUnless(draft, startPhase(draft, { phase: "design", spec: null, exploration }));
  },
};
