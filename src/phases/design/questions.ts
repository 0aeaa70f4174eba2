import type { Question } from "../../workflow/phase.ts";
import type { DesignFacts } from "./facts.ts";

/** Questions are asked once: not when the person said to assume, nor when they have spoken to the last ones. */
export const mayAsk = (facts: DesignFacts): boolean =>
  !facts.assume &&
  facts.answers.length === 0 &&
  (facts.asked.length === 0 || facts.guidance.length === 0);

const fewWords = 8;

/** Too little to design from: hardly a word, and nothing in the repository that it could mean. */
export function isVague(facts: DesignFacts): boolean {
  const words = `${facts.issue.title} ${facts.issue.body}`.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0) return true;
  return words.length < fewWords && facts.repository.ranked.length === 0;
}

/** `answer` null: people answered in free words, which stand among the guidance. */
export type ResolvedAnswer = { question: Question; answer: string | null; assumed: boolean };

/** What was asked with what holds now: the answer in words, else, once questions are closed, the default. */
export const resolveAnswers = (facts: DesignFacts): ResolvedAnswer[] =>
  facts.asked.map((question) => {
    const given = facts.answers.find(
      (answer) => answer.question === question.id || answer.question === question.text,
    );
    if (given !== undefined)
      return { question, answer: wordsOf(question, given.answer), assumed: false };
    const fallback = question.default ?? question.options[0]?.key ?? null;
    const open = mayAsk(facts) || facts.guidance.length > 0 || fallback === null;
    return open
      ? { question, answer: null, assumed: false }
      : { question, answer: wordsOf(question, fallback), assumed: true };
  });

/** `b` → `b (two workers)`; anything else is an answer in the person's own words. */
function wordsOf(question: Question, answer: string): string {
  const option = question.options.find(({ key }) => key === answer.trim());
  return option === undefined ? answer : `${option.key} (${option.text})`;
}

/** Lines for the assumptions of a design: what nobody answered. */
export const assumedLines = (facts: DesignFacts): string[] =>
  resolveAnswers(facts)
    .filter(({ assumed }) => assumed)
    .map(({ question, answer }) => `Nobody answered “${question.text}”; assumed: ${answer}`);

const most = 5;

/** What is wrong with questions of a model. */
export function checkQuestions(questions: readonly Question[]): string[] {
  const faults: string[] = [];
  if (questions.length === 0) faults.push("needsAnswers is true, but there are no questions");
  if (questions.length > most)
    faults.push(`there are ${questions.length} questions; ask at most ${most}`);
  const seen = new Set<string>();
  for (const { id, text, options, default: chosen } of questions) {
    if (id.trim() === "" || seen.has(id))
      faults.push(`question ids must differ and not be empty: "${id}"`);
    seen.add(id);
    if (text.trim() === "") faults.push(`question ${id} has no text`);
    const keys = options.map(({ key }) => key);
    if (new Set(keys).size !== keys.length) faults.push(`question ${id} has an option key twice`);
    if (keys.length > 0 && (chosen === null || !keys.includes(chosen)))
      faults.push(
        `question ${id}: the default must be one of its options' keys (${keys.join(", ")})`,
      );
  }
  return faults;
}
