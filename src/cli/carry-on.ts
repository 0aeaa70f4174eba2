import type { Feature } from "../engine/load-feature.ts";
import { type Result, succeed } from "../shared/result.ts";
import type { NextStep } from "../workflow/next-step.ts";
import { nextStep } from "../workflow/next-step.ts";
import type { Issue } from "../workflow/trigger.ts";
import type { LocalHouse } from "./open-local-house.ts";
import { printAnswer } from "./print-answer.ts";
import { reportFailure } from "./report-failure.ts";
import { readCommand, send } from "./send.ts";
import { showAgain } from "./show-again.ts";
import type { Terminal } from "./terminal.ts";

export type Carrying = { local: LocalHouse; issue: Issue; terminal: Terminal; yes: boolean };

/** What ended with its run, by Ctrl-C or worse, and says nothing about the work. */
const endings: ReadonlySet<string> = new Set(["interrupted", "run-gone"]);

/** What `run` says by itself, once each, so that a failure that repeats ends in the person's hands. */
function ownWords(next: NextStep, yes: boolean, said: ReadonlySet<string>): string | null {
  const interrupted =
    next.kind === "retry" && next.troubles.every(({ trouble }) => endings.has(trouble.reason));
  const words =
    next.kind === "request" || next.kind === "design"
      ? "/design"
      : next.kind === "validation"
        ? "/validate"
        : next.kind === "build"
          ? `/build ${next.specs[0]}`
          : next.kind === "review"
            ? `/review ${next.specs[0]}`
            : interrupted
              ? "/retry"
              : next.kind === "answers" && yes
                ? "/design --assume"
                : next.kind === "approval" && yes
                  ? next.line
                  : null;
  return words !== null && !said.has(words) ? words : null;
}

/** What the person types; `y` approves the plan that was just shown. null when they leave. */
async function askPerson(carrying: Carrying, next: NextStep): Promise<string | null> {
  const { terminal } = carrying;
  if (!terminal.interactive) return null;
  const hint =
    next.kind === "approval"
      ? `${next.line}  (or y, /refine …, /cancel; empty leaves)`
      : next.kind === "answers"
        ? "/answer …  (or /design --assume; empty leaves)"
        : "/retry, /refine …, /cancel or /help  (empty leaves)";
  const typed = (await terminal.ask(`${hint}\n> `))?.trim() ?? "";
  if (typed === "") return null;
  if (next.kind === "approval" && /^y(es)?$/i.test(typed)) return next.line;
  return typed;
}

const over: ReadonlySet<NextStep["kind"]> = new Set(["merge", "done", "cancelled", "running"]);

/** Says one command and shows the answer. null when it could not be read: the person may try again. */
async function sayOnce(carrying: Carrying, words: string): Promise<Result<Feature> | null> {
  const { local, issue, terminal } = carrying;
  const command = readCommand(words);
  if (!command.ok) {
    reportFailure(terminal, command.failure);
    return null;
  }
  const conducted = await send(local, issue, words);
  if (!conducted.ok) return conducted;
  printAnswer(terminal, local, command.value, conducted.value);
  return succeed(conducted.value.feature);
}

/**
 * Carries a feature on until it is over or waits for somebody who is not there: says itself what follows by
 * itself, asks the person for the rest.
 */
export async function carryOn(carrying: Carrying, feature: Feature): Promise<Result<Feature>> {
  const { local, terminal } = carrying;
  const said = new Set<string>();
  let current = feature;
  let isShown = false;
  for (;;) {
    if (local.house.signal.aborted) return succeed(current);
    const next = nextStep(current.state, local.house.policy);
    if (over.has(next.kind)) return succeed(current);
    const own = ownWords(next, carrying.yes, said);
    // Resumed where a person was asked: what they were asked about stands in no thread above them.
    if (own === null && current === feature && terminal.interactive && !isShown) {
      showAgain(terminal, current, next, local.house.policy);
      isShown = true;
    }
    const words = own ?? (await askPerson(carrying, next));
    if (words === null) return succeed(current);
    if (own) said.add(own);
    const answered = await sayOnce(carrying, words);
    if (answered && !answered.ok) return answered;
    if (answered) current = answered.value;
  }
}
