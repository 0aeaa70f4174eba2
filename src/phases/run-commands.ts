import type { Progress } from "../shared/progress.ts";
import { Stop } from "../shared/stop.ts";
import {
  type CommandLimits,
  type CommandOutcome,
  passed,
  type Worktree,
} from "../workspace/port.ts";

export type NamedCommand = { name: string; command: string };

/**
 * Runs commands one after the other and tells how each went. With `stopAtFailure` the first red one is the last. Throws a
 * `Stop` when the run itself was cancelled: that says nothing about the code.
 */
export async function runCommands(
  worktree: Worktree,
  commands: readonly NamedCommand[],
  options: {
    limits: CommandLimits;
    signal: AbortSignal;
    progress: Progress;
    stopAtFailure: boolean;
  },
): Promise<CommandOutcome[]> {
  const { limits, signal, progress, stopAtFailure } = options;
  const outcomes: CommandOutcome[] = [];
  for (const { name, command } of commands) {
    progress({ kind: "command", name, state: "started" });
    const outcome = await worktree.run(name, command, limits, signal);
    if (outcome.ended === "cancelled" || signal.aborted) {
      throw new Stop({ reason: "interrupted", detail: `while \`${name}\` was running` });
    }
    outcomes.push(outcome);
    const state = passed(outcome) ? "passed" : "failed";
    const { seconds, output } = outcome;
    progress({ kind: "command", name, state, seconds, ...(state === "failed" && { output }) });
    if (stopAtFailure && state === "failed") break;
  }
  return outcomes;
}
