import type { CommandDefinition, ParsedCommand } from "./command.ts";
import { splitArguments, splitPlainly, type Word } from "./split-arguments.ts";
import { suggestName } from "./suggest-name.ts";

type Arguments = Pick<ParsedCommand, "positional" | "options">;
export type ReadArguments =
  | { ok: true; value: Arguments }
  | { ok: false; detail: string; suggestion: string | null };

const OPTION = /^(?:--|—)([A-Za-z][\w-]*)(=?)([\s\S]*)$/;

type Reading = {
  positional: string[];
  options: Map<string, string | true>;
  /** Option whose value comes next. */
  pending: string | null;
};

/** Takes one option; returns what is wrong with it, or null. */
function takeOption(
  definition: CommandDefinition,
  reading: Reading,
  [, given = "", equals, value = ""]: RegExpMatchArray,
): { detail: string; suggestion: string | null } | null {
  const name = given.toLowerCase();
  if (!definition.options.includes(name)) {
    const near = suggestName(name, definition.options);
    return { detail: `there is no option --${name}`, suggestion: near ? `--${near}` : null };
  }
  if (reading.options.has(name)) return { detail: `--${name} is given twice`, suggestion: null };
  const isFlag = definition.flags?.includes(name) ?? false;
  if (isFlag && equals) return { detail: `--${name} takes no value`, suggestion: `--${name}` };
  reading.options.set(name, equals ? value : true);
  reading.pending = isFlag || equals ? null : name;
  return null;
}

function readWords(definition: CommandDefinition, words: readonly Word[]): ReadArguments {
  const reading: Reading = { positional: [], options: new Map(), pending: null };
  let isOver = false;
  for (const { text, quoted } of words) {
    const option = quoted || isOver ? null : text.match(OPTION);
    if (!option && reading.pending) {
      reading.options.set(reading.pending, text);
      reading.pending = null;
    } else if (text === "--" && !quoted && !isOver) {
      isOver = true;
    } else if (!option) {
      reading.positional.push(text);
    } else {
      const wrong = reading.pending
        ? needsValue(reading.pending)
        : takeOption(definition, reading, option);
      if (wrong) return { ok: false, ...wrong };
    }
  }
  if (reading.pending) return { ok: false, ...needsValue(reading.pending) };
  const { positional, options } = reading;
  return { ok: true, value: { positional, options: Object.fromEntries(options) } };
}

const needsValue = (name: string) => ({ detail: `--${name} needs a value`, suggestion: null });

function checkCount(definition: CommandDefinition, count: number, hasRest: boolean): string | null {
  const { least, most } = definition.arguments;
  if (count > most) {
    return most === 0 ? "it takes no arguments" : `it takes at most ${most}, and has ${count}`;
  }
  if (count >= least || (most === Number.POSITIVE_INFINITY && hasRest)) return null;
  return `it needs ${least}, and has ${count}`;
}

/**
 * Reads the arguments of a command from the rest of its first line. A command that takes free words has no
 * options, and an apostrophe in it is not an open quote; `hasRest` says that it goes on in the lines below.
 */
export function readArguments(
  definition: CommandDefinition,
  line: string,
  hasRest: boolean,
): ReadArguments {
  const isFree = definition.arguments.most === Number.POSITIVE_INFINITY;
  const words = splitArguments(line) ?? (isFree ? splitPlainly(line) : null);
  if (!words) return { ok: false, detail: "a quote is not closed", suggestion: null };
  const read: ReadArguments = isFree
    ? { ok: true, value: { positional: words.map(({ text }) => text), options: {} } }
    : readWords(definition, words);
  if (!read.ok) return read;
  const detail = checkCount(definition, read.value.positional.length, hasRest);
  return detail === null ? read : { ok: false, detail, suggestion: null };
}
