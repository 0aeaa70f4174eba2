import type { CommandDefinition, ParsedCommand } from "./command.ts";
import { readArguments } from "./read-arguments.ts";
import { suggestName } from "./suggest-name.ts";

export type CommandParse =
  | { kind: "none" }
  | { kind: "command"; command: ParsedCommand }
  | {
      kind: "refused";
      name: string;
      reason: "unknown-command" | "bad-arguments";
      detail: string;
      suggestion: string | null;
    };

/** GitHub's own bound of a comment, and what one line of a command may reasonably hold. */
const LONGEST_COMMENT = 65_536;
const LONGEST_LINE = 8_000;
const OUR_NAME = "archwright";
/** Edits within which an unknown `/word` is taken for a misspelt command of ours: of a short name fewer, since every word is near it. */
const NEAR = { short: 1, long: 2 } as const;
const LONGEST_SHORT = 4;
/** Commands of widespread bots and previews that only look like a slip of ours. */
const foreign: ReadonlySet<string> = new Set([
  ...["ack", "assign", "hold", "mask", "mix", "preview", "rebuild", "rerun", "task"],
]);

const FIRST_WORD = /^ {0,3}\/(\S{1,200})(?=\s|$)/;
const NAME = /^[a-z][a-z0-9-]*$/;

/** The first line of a comment and what stands below it. Anything that a quote, list or code begins with is no command. */
function splitComment(comment: string): { line: string; below: string } {
  const end = comment.search(/\r\n|\n|\r/);
  if (end < 0) return { line: comment, below: "" };
  const width = comment.startsWith("\r\n", end) ? 2 : 1;
  return { line: comment.slice(0, end), below: comment.slice(end + width) };
}

function refuseUnknown(
  given: string,
  registry: readonly CommandDefinition[],
  addressed: boolean,
): CommandParse {
  const names = registry.map(({ name }) => name);
  const isShort = (name: string): boolean => name.length <= LONGEST_SHORT;
  const near = addressed
    ? suggestName(given, names)
    : (suggestName(given, names.filter(isShort), NEAR.short) ??
      suggestName(
        given,
        names.filter((name) => !isShort(name)),
        NEAR.long,
      ));
  const isOurs = addressed || (near !== null && !foreign.has(given) && !given.includes("/"));
  if (!isOurs) return { kind: "none" };
  const detail = given ? `there is no command /${given}` : `/${OUR_NAME} is followed by a command`;
  const suggestion = near === null || given === "" ? "/help" : `/${near}`;
  return { kind: "refused", name: given, reason: "unknown-command", detail, suggestion };
}

function readCommand(definition: CommandDefinition, line: string, below: string): CommandParse {
  const { name, usage } = definition;
  const refused = { kind: "refused", name, reason: "bad-arguments" } as const;
  if (line.length > LONGEST_LINE) {
    const detail = `its line is longer than ${LONGEST_LINE} characters`;
    return { ...refused, detail, suggestion: usage };
  }
  const read = readArguments(definition, line, below.trim() !== "");
  if (!read.ok) return { ...refused, detail: read.detail, suggestion: read.suggestion ?? usage };
  const rest = below === "" ? line.trim() : `${line.trim()}\n${below}`.trim();
  return { kind: "command", command: { name, ...read.value, rest } };
}

/**
 * Reads the slash command that a comment begins with: `/name …` or `/archwright name …`, at the start of the
 * first line after at most three spaces. Quotes, lists and code begin differently and never fire. A word that is
 * neither ours nor near one of ours is `none`: other bots have commands too. Never throws; linear in the comment.
 */
export function parseCommand(
  comment: string,
  registry: readonly CommandDefinition[],
): CommandParse {
  const { line, below } = splitComment(comment.slice(0, LONGEST_COMMENT));
  const first = line.match(FIRST_WORD);
  if (!first) return { kind: "none" };
  let given = (first[1] ?? "").toLowerCase();
  let rest = line.slice(first[0].length);
  const addressed = given === OUR_NAME;
  if (addressed) {
    const [, word = "", tail = ""] = rest.match(/^\s*(\S*)([\s\S]*)$/) ?? [];
    given = word.replace(/^\//, "").toLowerCase();
    rest = tail;
  }
  const definition = NAME.test(given) ? registry.find(({ name }) => name === given) : undefined;
  return definition
    ? readCommand(definition, rest, below)
    : refuseUnknown(given.slice(0, 200), registry, addressed);
}
