import { readCodeSpan } from "./code-span.ts";
import { foldText } from "./fold-text.ts";
import type { Part } from "./layout.ts";
import type { Path, Reading, Span, Values } from "./reading.ts";
import { pathKey } from "./reading.ts";
import { suggestWord } from "./suggest-word.ts";

/** A line being read: how far, and whether emphasis was opened on the way. */
type Cursor = { span: Span; at: number; bold: boolean; example: string; path: Path };

/**
 * Reads the parts of a line into `values`. False after the first part that is not there, which is then
 * among the faults. Emphasis around parts and white space between them do not matter.
 */
export function readLine(
  parts: readonly Part[],
  span: Span,
  values: Values,
  context: { reading: Reading; path: Path; example: string },
): boolean {
  const { reading, path, example } = context;
  const cursor: Cursor = { span, at: 0, bold: false, example, path };
  if (!readParts(parts, cursor, values, reading)) return false;
  skipSpace(cursor);
  if (cursor.at >= span.text.length) return true;
  return miss(cursor, reading, `unexpected "${excerpt(cursor)}"`);
}

function readParts(
  parts: readonly Part[],
  cursor: Cursor,
  values: Values,
  reading: Reading,
): boolean {
  return parts.every((part) => {
    skipSpace(cursor);
    skipEmphasis(cursor, part);
    if ("field" in part)
      reading.places.set(pathKey([...cursor.path, part.field]), cursor.span.offset + cursor.at);
    return readPart(part, cursor, values, reading);
  });
}

function readPart(part: Part, cursor: Cursor, values: Values, reading: Reading): boolean {
  switch (part.kind) {
    case "literal":
      return readLiteral(part.value.trim(), cursor, reading);
    case "word":
      return readWord(part, cursor, values, reading);
    case "words":
    case "atoms":
      return readList(part, cursor, values, reading);
    case "atom":
      return readAtom(part, cursor, values, reading);
    case "text": {
      const rest = foldText(cursor.span.text.slice(cursor.at));
      cursor.at = cursor.span.text.length;
      values[part.field] = part.nullable && rest === "" ? null : rest;
      return true;
    }
    case "box": {
      const mark = take(cursor, /\[([ \txX]?)\](?=\s|$)/y);
      values[part.field] = mark !== null && /x/i.test(mark);
      return true;
    }
    case "flag":
      return readFlag(part.field, cursor, values, reading);
    case "number":
      return readNumber(part, cursor, values, reading);
    case "place":
      return readPlace(part.fields, cursor, values, reading);
    case "optional":
      values[part.field] = null;
      return startsOptional(part.parts, cursor)
        ? readParts(part.parts, cursor, values, reading)
        : true;
  }
}

function startsOptional(parts: readonly Part[], cursor: Cursor): boolean {
  const first = parts[0];
  return first?.kind === "literal" && cursor.span.text.startsWith(first.value.trim(), cursor.at);
}

function readLiteral(value: string, cursor: Cursor, reading: Reading): boolean {
  if (!cursor.span.text.startsWith(value, cursor.at))
    return miss(cursor, reading, `expected "${value}"`);
  cursor.at += value.length;
  return true;
}

function readWord(
  part: Part & { kind: "word" },
  cursor: Cursor,
  values: Values,
  reading: Reading,
): boolean {
  const before = cursor.at;
  const found = (take(cursor, /`?[\p{L}\p{N}][\p{L}\p{N}-]*`?/uy) ?? "").replaceAll("`", "");
  const known = part.of.find((each) => each === found.toLowerCase());
  if (known !== undefined) {
    values[part.field] = known;
    return true;
  }
  cursor.at = before;
  return miss(cursor, reading, expectWord(found || excerpt(cursor), part.of));
}

function expectWord(found: string, of: readonly string[]): string {
  const nearest = suggestWord(found, of);
  const hint = nearest === null ? "" : `; did you mean "${nearest}"?`;
  return `expected one of ${of.join(", ")}, found "${found}"${hint}`;
}

const bare = /(?:[^\s`,:()*]|:(?=[^\s*]))+/y;
const barePath = /(?:[^\s`,:*]|:(?=[^\s*]))+/y;

/** A code span, or a bare word; null when neither is there. */
function takeAtom(cursor: Cursor, ticks: boolean): string | null {
  const span = readCodeSpan(cursor.span.text, cursor.at);
  if (span === null) return take(cursor, ticks ? barePath : bare);
  cursor.at = span.end;
  return foldText(span.content);
}

function readAtom(
  part: Part & { kind: "atom" },
  cursor: Cursor,
  values: Values,
  reading: Reading,
): boolean {
  if (part.nullable && cursor.at >= cursor.span.text.length) {
    values[part.field] = null;
    return true;
  }
  const found = takeAtom(cursor, part.ticks);
  if (found === null) return miss(cursor, reading, `expected ${nameField(part.field)}`);
  values[part.field] = part.nullable && found === "" ? null : found;
  return true;
}

function readList(
  part: Part & { kind: "atoms" | "words" },
  cursor: Cursor,
  values: Values,
  reading: Reading,
): boolean {
  const list: string[] = [];
  values[part.field] = list;
  if (cursor.at >= cursor.span.text.length || take(cursor, /none\.?\s*$/iy) !== null) return true;
  do {
    skipSpace(cursor);
    const item: Values = {};
    const read =
      part.kind === "words"
        ? readWord({ ...part, kind: "word", field: "item" }, cursor, item, reading)
        : readAtom(
            { ...part, kind: "atom", field: "item", nullable: false },
            cursor,
            item,
            reading,
          );
    if (!read) return false;
    list.push(String(item.item));
    skipSpace(cursor);
  } while (take(cursor, /,/y) !== null);
  return true;
}

function readFlag(field: string, cursor: Cursor, values: Values, reading: Reading): boolean {
  const found = take(cursor, /(?:yes|no|true|false)\b/iy)?.toLowerCase();
  if (found === undefined) return miss(cursor, reading, "expected yes or no");
  values[field] = found === "yes" || found === "true";
  return true;
}

function readNumber(
  part: Part & { kind: "number" },
  cursor: Cursor,
  values: Values,
  reading: Reading,
): boolean {
  if (part.nullable && cursor.at >= cursor.span.text.length) {
    values[part.field] = null;
    return true;
  }
  const value = Number(take(cursor, /[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?/iy) ?? Number.NaN);
  const right = part.whole ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (!right) return miss(cursor, reading, `expected a ${part.whole ? "whole " : ""}number`);
  values[part.field] = value + 0;
  return true;
}

function readPlace(
  fields: readonly [string, string] | readonly [string, string, string],
  cursor: Cursor,
  values: Values,
  reading: Reading,
): boolean {
  const before = cursor.at;
  const [pathField, startField, endField] = fields;
  const found = takeAtom(cursor, true) ?? "";
  const match = /^(.*):(-?\d+)(?:-(-?\d+))?$/s.exec(found);
  const start = Number(match?.[2]);
  const end = Number(match?.[3] ?? match?.[2]);
  const single = endField === undefined && match?.[3] !== undefined;
  if (!match || single || !Number.isSafeInteger(start) || !Number.isSafeInteger(end)) {
    cursor.at = before;
    return miss(cursor, reading, "expected a path and a line");
  }
  values[pathField] = foldText(match[1] ?? "");
  values[startField] = start + 0;
  if (endField !== undefined) values[endField] = end + 0;
  reading.places.set(pathKey([...cursor.path, pathField]), cursor.span.offset + before);
  return true;
}

/** Takes what the sticky pattern matches here; null when it does not match. */
function take(cursor: Cursor, pattern: RegExp): string | null {
  pattern.lastIndex = cursor.at;
  const match = pattern.exec(cursor.span.text);
  if (match === null) return null;
  cursor.at = pattern.lastIndex;
  return match[0];
}

function skipSpace(cursor: Cursor): void {
  take(cursor, /\s+/y);
}

/** Passes emphasis marks between parts; before a text only those that close what was opened. */
function skipEmphasis(cursor: Cursor, part: Part): void {
  if (part.kind === "text" && !cursor.bold) return;
  if (take(cursor, /\*{1,3}/y) === null) return;
  cursor.bold = !cursor.bold;
  skipSpace(cursor);
}

function miss(cursor: Cursor, reading: Reading, message: string): false {
  reading.fault(cursor.span.offset + cursor.at, message, cursor.example);
  return false;
}

function excerpt(cursor: Cursor): string {
  const rest = foldText(cursor.span.text.slice(cursor.at, cursor.at + 40));
  return rest.length > 24 ? `${rest.slice(0, 24)}…` : rest;
}

const nameField = (field: string): string =>
  field === "id" ? "an id" : `a ${field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`;
