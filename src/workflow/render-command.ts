import type { ParsedCommand } from "./command.ts";

/** A word as `parseCommand` reads it back; quoted only where it must be. */
function renderWord(word: string): string {
  const isPlain = word !== "" && !/[\s\\]|^["'“‘]|^--|^—/.test(word);
  if (isPlain) return word;
  const escaped = word
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r");
  return `"${escaped}"`;
}

/** Writes a command as a person would, on one line; `parseCommand` gives its name, arguments and options back. */
export function renderCommand(command: Omit<ParsedCommand, "rest">): string {
  const options = Object.entries(command.options).map(([name, value]) =>
    value === true ? `--${name}` : `--${name}=${renderWord(value)}`,
  );
  return [`/${command.name}`, ...command.positional.map(renderWord), ...options].join(" ");
}
