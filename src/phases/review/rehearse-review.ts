import { fail, type Result, succeed } from "../../shared/result.ts";
import { Stop } from "../../shared/stop.ts";
import { passed } from "../../workspace/port.ts";
import type { ReviewFacts } from "./facts.ts";
import { proveOnBase } from "./prove-on-base.ts";
import { readChanges } from "./read-changes.ts";
import type { RunTools } from "./run-at-head.ts";
import { runChecks } from "./run-checks.ts";

/**
 * Runs every command that `review` of the same facts may ask for, whatever its reviewer will say, and needs no model: so a job without any
 * key can run them over a workspace that records, and the job with the key over one that replays. A set-up that fails is
 * an outcome like others, which the review then meets. Failures: of the workspace, and `interrupted`.
 */
export async function rehearseReview(facts: ReviewFacts, tools: RunTools): Promise<Result<void>> {
  try {
    const files = await readChanges(facts);
    const { results } = await runChecks(facts, tools, files);
    // A reviewer may cite any command that passed, and each may turn out to be a guard.
    const commands = results.filter(passed).map(({ name, command }) => ({ name, command }));
    await proveOnBase(commands, new Set(commands.map(({ name }) => name)), files, facts, tools);
    return succeed(undefined);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return error.failure.reason === "setup-failed" ? succeed(undefined) : fail(error.failure);
  }
}
