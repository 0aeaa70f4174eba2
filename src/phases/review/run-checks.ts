import { Stop } from "../../shared/stop.ts";
import { type CommandOutcome, passed } from "../../workspace/port.ts";
import { describeEnding, excerptOutput } from "../describe-outcome.ts";
import type { ReviewFacts } from "./facts.ts";
import type { ReviewedFile } from "./read-changes.ts";
import { type RunTools, runAtHead, runSetup, withWorktree } from "./run-at-head.ts";
import { tryFormerRunner } from "./try-former-runner.ts";

/** What commands said before anybody read the change. */
export type Checks = {
  results: readonly CommandOutcome[];
  /** Commands that pass only because the change altered how they are run, a sentence each. */
  bypassed: readonly string[];
};

/**
 * Runs everything that is run before the reviewer reads: set-up, checkpoints and named commands at the head, and what passed once more
 * with its former scripts. Throws a `Stop` with `setup-failed` where the set-up never worked.
 */
export async function runChecks(
  facts: ReviewFacts,
  tools: RunTools,
  files: readonly ReviewedFile[],
): Promise<Checks> {
  const { setup, outcomes } = await runAtHead(facts, tools);
  if (setup && !passed(setup)) await refuseBrokenSetup(facts, tools, setup);
  const results = setup && !passed(setup) ? [setup] : outcomes;
  return { results, bypassed: await tryFormerRunner(facts, tools, files, results) };
}

/** A set-up that fails at the head and not on the base was broken by the change: that is a red checkpoint, not a failure of ours. */
async function refuseBrokenSetup(
  facts: ReviewFacts,
  tools: RunTools,
  atHead: CommandOutcome,
): Promise<void> {
  const onBase = await withWorktree(facts, facts.base, (tree) => runSetup(tree, facts, tools));
  if (onBase && passed(onBase)) return;
  const detail = `${describeEnding(atHead)}\n${excerptOutput(atHead, 2000)}`;
  throw new Stop({ reason: "setup-failed", command: atHead.command, detail });
}
