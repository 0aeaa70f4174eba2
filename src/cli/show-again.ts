import type { Feature } from "../engine/load-feature.ts";
import { renderComments } from "../view/render-comments.ts";
import { renderQuestions } from "../view/render-questions.ts";
import type { NextStep } from "../workflow/next-step.ts";
import type { Policy } from "../workflow/policy.ts";
import { printStatus } from "./print-status.ts";
import { renderTerminal } from "./render-terminal.ts";
import type { Terminal } from "./terminal.ts";

/** Shows what a person is asked about, in a run that did not show it: comments of the thread appear only once. */
export function showAgain(
  terminal: Terminal,
  feature: Feature,
  next: NextStep,
  policy: Policy,
): void {
  const { colours } = terminal;
  if (next.kind === "answers") {
    terminal.out(renderTerminal(renderQuestions(next.questions), { open: true, colours }));
    return;
  }
  const comments = next.kind === "approval" ? renderComments({ ...feature, policy }) : [];
  const plan = comments.findLast(({ key }) => /^(?:plan|corrected)-/.test(key));
  if (!plan) {
    printStatus(terminal, feature, policy);
    return;
  }
  terminal.out(renderTerminal(plan.markdown, { open: true, colours }));
  for (const { at, key, markdown } of comments) {
    if (at !== plan.at || !key.startsWith("spec-")) continue;
    const spec = markdown.slice(Math.max(0, markdown.indexOf("<details>")));
    terminal.out(renderTerminal(spec, { open: true, colours }));
  }
}
