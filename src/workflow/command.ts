import type { Role } from "./role.ts";

/** A slash command as a person wrote it: name, positional arguments, `--name value` options, flags as `true`. */
export type ParsedCommand = {
  name: string;
  positional: readonly string[];
  options: Readonly<Record<string, string | true>>;
  /** Everything after the name on the first line, then the lines below: for commands that take free words. */
  rest: string;
};

/** An entry of the open registry. A later feature registers its own; nothing else in the house lists commands. */
export type CommandDefinition = {
  name: string;
  /** One line for `/help`. */
  summary: string;
  /** How it is written, for `/help` and refusals: `/approve <hash> [--unvalidated]`. */
  usage: string;
  /** Least role by default; policy may ask for more. */
  role: Role;
  /** Options it knows; another one is a refusal with a suggestion. */
  options: readonly string[];
  /** Those of `options` that never take a value. */
  flags?: readonly string[];
  /** Positional arguments it takes at least and at most; free words count as `rest` and have no limit (`most` is Infinity). */
  arguments: { least: number; most: number };
};
