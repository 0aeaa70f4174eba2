import { Stop } from "../../shared/stop.ts";
import { type CommandOutcome, passed } from "../../workspace/port.ts";
import { describeEnding, excerptOutput } from "../describe-outcome.ts";
import { isLockFile } from "../is-lock-file.ts";
import { type NamedCommand, runCommands } from "../run-commands.ts";
import type { BuildRun } from "./build-run.ts";

/** Files whose change means that dependencies must be installed again before anything can be judged. */
const MANIFEST =
  /(^|\/)(package\.json|pyproject\.toml|requirements[^/]*\.txt|go\.mod|Cargo\.toml|Gemfile)$/;
/** What a failure carries of a command's output; the whole stands in the log. */
const DETAIL_LIMIT = 2000;

/**
 * Runs the commands of a checkpoint, up to the first red one, which is returned. Their results are the harness's; what they
 * leave behind in the worktree is taken away again, so that it is never committed.
 */
export async function runCheckpoint(
  run: BuildRun,
  commands: readonly NamedCommand[],
): Promise<CommandOutcome | null> {
  const { facts, tools, worktree } = run;
  const before = await worktree.changes();
  const setup =
    facts.setup !== null &&
    commands.length > 0 &&
    before.some((path) => MANIFEST.test(path) || isLockFile(path))
      ? [{ name: "setup", command: facts.setup }]
      : [];
  const outcomes = await runCommands(worktree, [...setup, ...commands], {
    limits: { seconds: facts.limits.commandSeconds, outputBytes: facts.limits.outputBytes },
    signal: tools.signal,
    progress: tools.progress,
    stopAtFailure: true,
  });
  for (const outcome of outcomes) {
    const { name, command, seconds } = outcome;
    const step = run.step ?? "start";
    run.checkpoints.push({ step, name, command, passed: passed(outcome), seconds });
  }
  // An install writes the lock file that goes with the manifest: that is work, not a leftover.
  await discardLeftovers(run, (path) => before.includes(path) || isLockFile(path));
  return outcomes.find((outcome) => !passed(outcome)) ?? null;
}

/** Undoes what commands changed: new files go, committed ones are put back. */
async function discardLeftovers(run: BuildRun, keep: (path: string) => boolean): Promise<void> {
  const { worktree, facts } = run;
  const changes = await worktree.changes();
  const leftovers = changes.filter((path) => !keep(path) && !run.leftBehind.includes(path));
  if (leftovers.length === 0) return;
  const snapshot = facts.workspace.snapshot(await worktree.head());
  for (const path of leftovers) {
    const committed = await snapshot.read(path);
    if (committed === null) await worktree.remove(path);
    else if (committed.kind === "text") await worktree.write(path, committed.text);
  }
}

/**
 * Runs a checkpoint and gives each failure to `repair`, at most as often as the limits say. Throws a `Stop` that names the
 * step when it stays red, or at once when the command cannot even be started, which no edit repairs.
 */
export async function passCheckpoint(
  run: BuildRun,
  commands: readonly NamedCommand[],
  repair: (failed: CommandOutcome, repairNumber: number) => Promise<void>,
): Promise<void> {
  for (let repairs = 0; ; repairs += 1) {
    const failed = await runCheckpoint(run, commands);
    if (failed === null) return;
    if (repairs >= run.facts.limits.stepRepairs || failed.ended === "not-started") {
      throw new Stop({
        reason: "checkpoint-failed",
        step: run.step ?? "start",
        checkpoint: failed.name,
        detail: `\`${failed.command}\` ${describeEnding(failed)}\n${excerptOutput(failed, DETAIL_LIMIT)}`,
      });
    }
    await repair(failed, repairs + 1);
  }
}
