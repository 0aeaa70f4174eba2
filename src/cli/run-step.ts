import type { Feature } from "../engine/load-feature.ts";
import { type NextStep, nextStep } from "../workflow/next-step.ts";
import { type Found, findFeature } from "./find-feature.ts";
import { noteUncommitted } from "./note-uncommitted.ts";
import type { HouseOptions, LocalHouse, Overrides } from "./open-local-house.ts";
import { openTerminal } from "./open-terminal.ts";
import { printAnswer } from "./print-answer.ts";
import { printStatus } from "./print-status.ts";
import { readRequest } from "./read-request.ts";
import { recover } from "./recover.ts";
import { reportFailure } from "./report-failure.ts";
import { readCommand, send } from "./send.ts";
import { exitCodes, type Terminal } from "./terminal.ts";
import { withHouse } from "./with-house.ts";

export type StepOptions = HouseOptions & {
  issue: string;
  /** Whether phases that follow by themselves may start, as in a thread. */
  onward?: boolean;
};

const nothingFollows = { design: false, validate: false, build: false, review: false };

/** Commands that begin a phase; the others need no model, hence no key. */
const withModels = /^\/(design|validate|build|review|retry|continue|answer|refine)\b/;

/** Where the answer of a phase was no: it failed, or it refuted the plan or the work. */
const no: ReadonlySet<NextStep["kind"]> = new Set(["retry", "refinement", "exhausted"]);

const isBelowThreshold = (command: string, { state }: Feature): boolean =>
  command === "review" && Object.values(state.specs).some(({ fixing }) => fixing);

async function step(
  terminal: Terminal,
  local: LocalHouse,
  found: Found,
  words: string,
): Promise<number> {
  const command = readCommand(words);
  if (!command.ok) return reportFailure(terminal, command.failure);
  const designs = ["design", "refine"].includes(command.value.name);
  if (designs) await noteUncommitted(terminal, local);
  const recovered = await recover(local, found.feature);
  if (!recovered.ok) return reportFailure(terminal, recovered.failure, local.log);
  const conducted = await send(local, found.issue, words);
  if (!conducted.ok) return reportFailure(terminal, conducted.failure, local.log);
  const refused = printAnswer(terminal, local, command.value, conducted.value);
  if (command.value.name !== "help")
    printStatus(terminal, conducted.value.feature, local.house.policy);
  const next = nextStep(conducted.value.feature.state, local.house.policy);
  if (local.house.signal.aborted) return exitCodes.interrupted;
  const isNo = no.has(next.kind) || isBelowThreshold(command.value.name, conducted.value.feature);
  if (refused || isNo) return exitCodes.negative;
  return next.kind === "paused" ? exitCodes.waiting : exitCodes.success;
}

/** One command of the thread over the same ledger; what would follow by itself waits, unless `onward`. */
export async function runStep(words: string, options: StepOptions): Promise<number> {
  const terminal = openTerminal();
  const request = await readRequest(options.issue);
  if (!request.ok) return reportFailure(terminal, request.failure);
  const overrides: Overrides = options.onward ? {} : { automatic: nothingFollows };
  const needsModels = withModels.test(words.trim()) || options.onward === true;
  return await withHouse(terminal, options, overrides, needsModels, async (local) => {
    const found = await findFeature(local, request.value);
    return found.ok
      ? await step(terminal, local, found.value, words)
      : reportFailure(terminal, found.failure);
  });
}
