import { openTerminal } from "./open-terminal.ts";
import { reportFailure } from "./report-failure.ts";
import { runSpec } from "./spec.ts";

const verbs = ["check", "hash", "format"] as const;
type Verb = (typeof verbs)[number];

export async function specCommand(
  verb: string,
  files: string[],
  options: { json: boolean; write: boolean },
): Promise<number> {
  const terminal = openTerminal();
  if (!verbs.includes(verb as Verb)) {
    const detail = `spec knows ${verbs.join(", ")}, not "${verb}".`;
    return reportFailure(terminal, { reason: "bad-usage", detail });
  }
  return await runSpec(verb as Verb, files, options, terminal);
}
