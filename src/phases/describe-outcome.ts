import { redact } from "../shared/redact.ts";
import { type CommandOutcome, passed } from "../workspace/port.ts";

/** How a command ended, in a few words: the harness's word, never a model's. */
export function describeEnding(outcome: CommandOutcome): string {
  switch (outcome.ended) {
    case "timed-out":
      return `timed out after ${Math.round(outcome.seconds)} s`;
    case "cancelled":
      return "was cancelled";
    case "not-started":
      return "could not be started";
    case "exited":
      return passed(outcome) ? "passed" : `failed with exit code ${outcome.exitCode ?? "unknown"}`;
  }
}

/** The output without secrets and terminal colours, at most `limit` characters: its beginning and its end. */
export function excerptOutput(outcome: CommandOutcome, limit: number): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
  const plain = redact(outcome.output.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, "")).trim();
  if (plain.length <= limit) return plain;
  const head = Math.floor(limit / 3);
  const tail = limit - head;
  const left = plain.length - limit;
  return `${plain.slice(0, head)}\n… ${left} characters left out …\n${plain.slice(-tail)}`;
}
