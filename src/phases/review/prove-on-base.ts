import { passed, type Worktree } from "../../workspace/port.ts";
import { describeEnding } from "../describe-outcome.ts";
import type { PhaseTools } from "../phase.ts";
import type { NamedCommand } from "../run-commands.ts";
import type { ReviewFacts } from "./facts.ts";
import { isTestFile } from "./is-test-file.ts";
import type { ReviewedFile } from "./read-changes.ts";
import { runAll, runSetup, withWorktree } from "./run-at-head.ts";

/** Whether a command that passes at the head tells anything about the change. */
export type BaseProof = { proves: boolean; note: string };

/**
 * Runs commands on the base with the head's tests laid over it. One that passes there too would pass without the change, so it
 * proves nothing; one that fails, or cannot run there, does.
 */
export async function proveOnBase(
  commands: readonly NamedCommand[],
  files: readonly ReviewedFile[],
  facts: ReviewFacts,
  tools: PhaseTools,
): Promise<Map<string, BaseProof>> {
  if (commands.length === 0) return new Map();
  return await withWorktree(facts, facts.base, async (worktree) => {
    const setup = await runSetup(worktree, facts, tools);
    if (setup && !passed(setup)) {
      const note = `cannot run on the base: its set-up ${describeEnding(setup)}`;
      return new Map(commands.map(({ name }) => [name, { proves: true, note }]));
    }
    const laid = await layTests(worktree, files);
    const quiet = { ...tools, progress: () => {} };
    const outcomes = await runAll(worktree, commands, facts, quiet);
    return new Map(outcomes.map((outcome) => [outcome.name, judge(passed(outcome), laid)]));
  });
}

function judge(passesOnBase: boolean, laid: number): BaseProof {
  const tests = laid === 0 ? "" : ", with the new tests";
  return passesOnBase
    ? { proves: false, note: `passes on the base too${tests}: it does not show the change` }
    : { proves: true, note: `passes at the head and fails on the base${tests}` };
}

/** Puts the changed test files of the head over the base; says how many. */
async function layTests(worktree: Worktree, files: readonly ReviewedFile[]): Promise<number> {
  let laid = 0;
  for (const { path, from, after } of files) {
    if (!isTestFile(path) || after === null) continue;
    const written = await worktree.write(path, after);
    if (!written.ok) continue;
    laid += 1;
    if (from !== null && from !== path) await worktree.remove(from);
  }
  return laid;
}
