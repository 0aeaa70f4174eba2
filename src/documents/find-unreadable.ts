import { beginsPiece, isBlank, nextLine } from "./find-cut.ts";

/** Containers (quotes, lists) that may be nested in one another. */
export const maxNesting = 60;

/** Characters of one document. */
export const maxLength = 16 * 1024 * 1024;

/** Lines in a row of which none begins at column 1 with a heading, a bullet, or text after a blank line. */
export const maxRun = 2000;

/** Pipes on one line. */
export const maxPipes = 2000;

export type Unreadable = { offset: number; message: string; example: string };

/**
 * The first thing that Markdown would not read in linear time, or null. It pays for each container on
 * each line, and more than linearly for the lines of one block and the cells of one row; all three are
 * far beyond what a person writes. The depth of a line is at most its own markers plus one for every two
 * columns of indentation. `slack` lowers the limits for a text that will stand inside a document.
 */
export function findUnreadable(source: string, slack = 0): Unreadable | null {
  if (source.length > maxLength)
    return {
      offset: 0,
      message: `longer than ${maxLength} characters`,
      example: "split it in two",
    };
  let run = 0;
  let blank = true;
  for (let at = 0; at < source.length; ) {
    const end = nextLine(source, at);
    run = beginsPiece(source, at, blank) ? 0 : run + 1;
    blank = isBlank(source, at);
    const message = judgeLine(source, at, end, run + slack, slack);
    if (message !== null) return { offset: at, message, example: "- a bullet\n  - one below it" };
    at = end;
  }
  return null;
}

function judgeLine(
  source: string,
  at: number,
  end: number,
  run: number,
  slack: number,
): string | null {
  const limit = maxNesting - slack;
  if (countContainers(source, at, limit) > limit)
    return `lists or quotes nested deeper than ${maxNesting}`;
  if (run > maxRun) return `more than ${maxRun} lines without a heading, bullet or paragraph`;
  if (end - at > maxPipes && countPipes(source, at, end) > maxPipes)
    return `more than ${maxPipes} pipes on one line`;
  return null;
}

function countPipes(source: string, at: number, end: number): number {
  let count = 0;
  for (let next = source.indexOf("|", at); next >= 0 && next < end; count += 1)
    next = source.indexOf("|", next + 1);
  return count;
}

function countContainers(source: string, start: number, limit: number): number {
  let columns = 0;
  let markers = 0;
  for (let at = start; at < source.length; ) {
    const length = markerLength(source, at);
    if (length > 0) markers += 1;
    else if (source[at] === " ") columns += 1;
    else if (source[at] === "\t") columns += 4;
    else break;
    at += Math.max(length, 1);
    if (markers > limit) break;
  }
  return markers === 0 ? 0 : markers + Math.floor(columns / 2);
}

/** Length of the quote or list marker at `at`, or 0. */
function markerLength(source: string, at: number): number {
  if (source[at] === ">") return 1;
  let end = at;
  while (end - at < 9 && isDigit(source.charCodeAt(end))) end += 1;
  const character = source[end];
  const bullet = end === at && (character === "-" || character === "*" || character === "+");
  const ordered = end > at && (character === "." || character === ")");
  const next = source[end + 1];
  const closed = next === " " || next === "\t" || next === "\n" || next === undefined;
  return (bullet || ordered) && closed ? end + 1 - at : 0;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
