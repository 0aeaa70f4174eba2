import { explainFailure } from "../shared/explain-failure.ts";
import type { Failure } from "../shared/failure.ts";
import { toPrintable } from "../shared/printable.ts";
import { redact } from "../shared/redact.ts";
import { exitCodes, type Terminal } from "./terminal.ts";

const mistakes: ReadonlySet<string> = new Set([
  "bad-usage",
  "issue-not-found",
  "issue-too-large",
  "issue-empty",
  "not-text",
  "feature-not-found",
  "config-invalid",
  "unknown-provider",
  "model-not-configured",
  "missing-key",
  "provider-undecided",
  "not-a-repository",
  "no-commits",
  "bare-repository",
  "git-missing",
  "not-writable",
  "isolation-undecided",
  "isolation-unavailable",
]);

/** Says a failure in words and gives the exit code that belongs to it. */
export function reportFailure(terminal: Terminal, failure: Failure, log?: string): number {
  const { what, remedy } = explainFailure(failure);
  terminal.err(redact(toPrintable(`✗ ${what}`)));
  if (remedy) terminal.err(redact(toPrintable(`  ${remedy}`)));
  if (failure.reason === "unexpected" && log) terminal.err(`  log: ${log}`);
  if (failure.reason === "interrupted") return exitCodes.interrupted;
  return mistakes.has(failure.reason) ? exitCodes.usage : exitCodes.negative;
}
