import { passed, type Worktree } from "../../workspace/port.ts";
import type { NamedCommand } from "../run-commands.ts";
import type { ReviewFacts } from "./facts.ts";
import { isTestFile } from "./is-test-file.ts";
import type { ReviewedFile } from "./read-changes.ts";
import { type RunTools, runAll, runSetup, withWorktree } from "./run-at-head.ts";

/**
 * What the base says of a command that passes at the head. `proves`: it fails there, so it shows the change. `guards`: it passes on
 * the untouched base, so it watches over something that held before and still holds.
 */
export type BaseProof = { proves: boolean; guards: boolean; note: string };

/**
 * Runs commands on the base with the head's tests laid over it. One that passes there too would pass without the change, so it
 * proves nothing; one that fails, or cannot run there, does. Those in `guarding` that prove nothing are tried on the untouched
 * base as well: only what passes there without the builder's tests is a guard.
 */
export async function proveOnBase(
  commands: readonly NamedCommand[],
  guarding: ReadonlySet<string>,
  files: readonly ReviewedFile[],
  facts: ReviewFacts,
  tools: RunTools,
): Promise<Map<string, BaseProof>> {
  if (commands.length === 0) return new Map();
  const quiet = { ...tools, progress: () => {} };
  const { laid, results } = await runOnBase(commands, files, facts, quiet);
  const idle = commands.filter(({ name }) => results.get(name) === "passed" && guarding.has(name));
  const untouched =
    laid === 0 || idle.length === 0 ? results : (await runOnBase(idle, [], facts, quiet)).results;
  return new Map(
    commands.map(({ name }) => [
      name,
      judge(results.get(name) ?? "failed", untouched.get(name) === "passed", laid),
    ]),
  );
}

type OnBase = "passed" | "failed" | "no-setup";

async function runOnBase(
  commands: readonly NamedCommand[],
  files: readonly ReviewedFile[],
  facts: ReviewFacts,
  tools: RunTools,
): Promise<{ laid: number; results: Map<string, OnBase> }> {
  return await withWorktree(facts, facts.base, async (worktree) => {
    const setup = await runSetup(worktree, facts, tools);
    if (setup && !passed(setup)) {
      return { laid: 0, results: new Map(commands.map(({ name }) => [name, "no-setup"])) };
    }
    const laid = await layTests(worktree, files);
    const outcomes = await runAll(worktree, commands, facts, tools);
    const results = outcomes.map(
      (each) => [each.name, passed(each) ? "passed" : "failed"] as const,
    );
    return { laid, results: new Map<string, OnBase>(results) };
  });
}

function judge(result: OnBase, guards: boolean, laid: number): BaseProof {
  const tests = laid === 0 ? "" : ", with the new tests";
  switch (result) {
    case "no-setup":
      return {
        proves: true,
        guards,
        note: "passes at the head; the base cannot be set up to run it",
      };
    case "failed":
      return { proves: true, guards, note: `passes at the head and fails on the base${tests}` };
    case "passed":
      return {
        proves: false,
        guards,
        note: `passes on the base too${tests}: it does not show the change`,
      };
  }
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
