import { writeFile } from "node:fs/promises";
import type { Feature } from "../engine/load-feature.ts";
import type { NextStep } from "../workflow/next-step.ts";
import { nextStep } from "../workflow/next-step.ts";
import type { LocalHouse } from "./open-local-house.ts";
import { printBranches } from "./print-branches.ts";
import { printStatus } from "./print-status.ts";
import { summarize } from "./summarize.ts";
import { exitCodes, type Terminal } from "./terminal.ts";

/** The exit code of where a feature stands: only an accepted one is a success. */
export function exitCodeOf(next: NextStep): number {
  switch (next.kind) {
    case "merge":
    case "done":
      return exitCodes.success;
    case "retry":
    case "exhausted":
    case "blocked":
    case "cancelled":
    case "refinement":
      return exitCodes.negative;
    default:
      return exitCodes.waiting;
  }
}

/** The end of a run: the table, the branch, what to do next, and the summary for scripts. */
export async function finish(
  terminal: Terminal,
  local: LocalHouse,
  feature: Feature,
  json: string | undefined,
): Promise<number> {
  const next = nextStep(feature.state, local.house.policy);
  printStatus(terminal, feature, local.house.policy);
  await printBranches(terminal, local.house.workspace, feature, local.repository);
  if (json) {
    const summary = summarize(feature, local.repository, next);
    await writeFile(json, `${JSON.stringify(summary, null, 2)}\n`);
  }
  return local.house.signal.aborted ? exitCodes.interrupted : exitCodeOf(next);
}
