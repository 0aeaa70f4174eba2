import type { Question } from "../workflow/phase.ts";

const option = (question: Question): string =>
  question.options
    .map(({ key, text }) => `${key}) ${text}${key === question.default ? " (**default**)" : ""}`)
    .join(" · ");

/** Questions before a design, ready to be answered in one line. */
export function renderQuestions(questions: readonly Question[]): string {
  const lines = questions.map((question, index) =>
    `${index + 1}. **${question.text}** *(decides ${question.decides})* ${option(question)}`.trim(),
  );
  const example = questions
    .map(
      (question, index) => `${index + 1} ${question.default ?? question.options[0]?.key ?? '"…"'}`,
    )
    .join(" ");
  const many = questions.length === 1 ? "one thing changes" : `${questions.length} things change`;
  return [
    `Before designing, ${many} the answer:`,
    "",
    ...lines,
    "",
    "Copy one, and change what should be different; words of your own stand in quotes:",
    "```",
    `/answer ${example}`,
    "/design --assume",
    "```",
    "The second takes the defaults.",
  ].join("\n");
}
