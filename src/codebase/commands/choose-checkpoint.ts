import type { Checkpoint } from "../../documents/schema-build-spec.ts";
import type { Commands } from "../repository-facts.ts";

type NamedCommand = { name: string; command: string };

/** Checkpoints in the order of the pattern: what is quick and tells most comes first. */
const ORDER = ["compile", "unit", "integration", "all"] as const;

/** Which configured commands stand in for a checkpoint that has none; nothing compiles what has no compiler. */
const STAND_INS: Readonly<Record<Exclude<Checkpoint, "none">, readonly (readonly string[])[]>> = {
  compile: [["compile"]],
  unit: [["unit"], ["all"]],
  integration: [["integration"], ["all"]],
  all: [["all"], ["unit", "integration"], ["unit"], ["integration"]],
};

/** The commands of a step's checkpoint. `note` says what is run instead, or that nothing can be. */
export function chooseCheckpoint(
  checkpoint: Checkpoint,
  commands: Commands,
): { commands: NamedCommand[]; note: string | null } {
  if (checkpoint === "none") return { commands: [], note: null };
  const chosen = STAND_INS[checkpoint].find((names) =>
    names.every((name) => commands[name] !== undefined),
  );
  if (!chosen) return { commands: [], note: `no command is configured for \`${checkpoint}\`` };
  const found = chosen.map((name) => ({ name, command: commands[name] ?? "" }));
  if (chosen.length === 1 && chosen[0] === checkpoint) return { commands: found, note: null };
  const note = `\`${checkpoint}\` has no command; ${chosen.join(" and ")} stands in`;
  return { commands: found, note };
}

/** Every configured checkpoint once, in order; two names for one command are run once. */
export function chooseAllCheckpoints(commands: Commands): NamedCommand[] {
  const found = ORDER.flatMap((name) => {
    const command = commands[name];
    return command === undefined ? [] : [{ name, command }];
  });
  return found.filter(
    ({ command }, index) => found.findIndex((other) => other.command === command) === index,
  );
}
