import { chooseAllCheckpoints } from "../../codebase/commands/choose-checkpoint.ts";
import { Stop } from "../../shared/stop.ts";
import { type CommandOutcome, passed, type Worktree } from "../../workspace/port.ts";
import type { PhaseTools } from "../phase.ts";
import { type NamedCommand, runCommands } from "../run-commands.ts";
import type { ReviewFacts } from "./facts.ts";

/** What running commands needs: no model. */
export type RunTools = Pick<PhaseTools, "progress" | "signal">;

/** What ran in a clean checkout of the head. A set-up that failed is the only outcome then. */
export type HeadRun = { setup: CommandOutcome | null; outcomes: CommandOutcome[] };

/** Opens a clean worktree, hands it over, and closes it whatever happens. */
export async function withWorktree<T>(
  facts: ReviewFacts,
  commit: string,
  use: (worktree: Worktree) => Promise<T>,
): Promise<T> {
  const opened = await facts.workspace.open(commit);
  if (!opened.ok) throw new Stop(opened.failure);
  try {
    return await use(opened.value);
  } finally {
    await opened.value.close();
  }
}

/** Runs commands in a worktree, all of them, whatever the first one says. */
export const runAll = (
  worktree: Worktree,
  commands: readonly NamedCommand[],
  facts: ReviewFacts,
  tools: RunTools,
): Promise<CommandOutcome[]> =>
  runCommands(worktree, commands, {
    limits: { seconds: facts.limits.commandSeconds, outputBytes: facts.limits.outputBytes },
    signal: tools.signal,
    progress: tools.progress,
    stopAtFailure: false,
  });

/** Set-up, or null where there is none. */
export async function runSetup(
  worktree: Worktree,
  facts: ReviewFacts,
  tools: RunTools,
): Promise<CommandOutcome | null> {
  if (facts.setup === null) return null;
  const [outcome] = await runAll(worktree, [{ name: "setup", command: facts.setup }], facts, tools);
  return outcome ?? null;
}

/** Names of the checkpoints that a red result of which is a gate. */
export const checkpointNames = (facts: ReviewFacts): Set<string> =>
  new Set(chooseAllCheckpoints(facts.commands).map(({ name }) => name));

/** Every checkpoint and every command that a criterion names, once each, in a clean checkout of the head. */
export async function runAtHead(facts: ReviewFacts, tools: RunTools): Promise<HeadRun> {
  return await withWorktree(facts, facts.head, async (worktree) => {
    const setup = await runSetup(worktree, facts, tools);
    if (setup && !passed(setup)) return { setup, outcomes: [] };
    const checkpoints = chooseAllCheckpoints(facts.commands);
    const named = facts.spec.acceptance.flatMap(({ verify }) => {
      const command = verify === null ? undefined : facts.commands[verify];
      return verify === null || command === undefined ? [] : [{ name: verify, command }];
    });
    const commands = [
      ...new Map([...checkpoints, ...named].map((each) => [each.name, each])).values(),
    ];
    return { setup, outcomes: await runOnce(worktree, commands, facts, tools) };
  });
}

/** Two names for one command share one run. */
async function runOnce(
  worktree: Worktree,
  commands: readonly NamedCommand[],
  facts: ReviewFacts,
  tools: RunTools,
): Promise<CommandOutcome[]> {
  const distinct = commands.filter(
    ({ command }, index) => commands.findIndex((other) => other.command === command) === index,
  );
  const outcomes = await runAll(worktree, distinct, facts, tools);
  return commands.flatMap(({ name, command }) => {
    const outcome = outcomes.find((each) => each.command === command);
    return outcome ? [{ ...outcome, name }] : [];
  });
}
