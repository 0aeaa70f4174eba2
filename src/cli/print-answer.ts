import type { Conducted } from "../engine/conduct.ts";
import type { ParsedCommand } from "../workflow/command.ts";
import { commands } from "../workflow/command-registry.ts";
import { explainRefusal } from "../workflow/explain-refusal.ts";
import { isQuietRefusal } from "../workflow/refusal.ts";
import type { LocalHouse } from "./open-local-house.ts";
import { printStatus } from "./print-status.ts";
import type { Terminal } from "./terminal.ts";

function printHelp(terminal: Terminal): void {
  const width = Math.max(...commands.map((command) => command.usage.length));
  for (const command of commands)
    terminal.out(`  ${command.usage.padEnd(width)}  ${command.summary}`);
}

/** Says a refusal, or answers a command that only asks. True when the command was refused. */
export function printAnswer(
  terminal: Terminal,
  local: LocalHouse,
  command: ParsedCommand,
  conducted: Conducted,
): boolean {
  if (command.name === "help") printHelp(terminal);
  if (command.name === "status") printStatus(terminal, conducted.feature, local.house.policy);
  const { refusal } = conducted;
  if (!refusal || isQuietRefusal(refusal)) return false;
  const { what, remedy } = explainRefusal(refusal);
  terminal.err(`✗ ${what}`);
  terminal.err(`  ${remedy}`);
  return true;
}
