import { parseMarkdown } from "./parse-markdown.ts";

/**
 * A line that Markdown would take for something else at the start of a bullet (`# x`, `- x`, `1. x`,
 * a fence, HTML) gets one backslash. `unescapeStart` takes away exactly that one; any other backslash
 * belongs to the text.
 */
export function escapeStart(line: string): string {
  if (/^\d{1,9}\\*[.)](?:\s|$)/.test(line)) return line.replace(/^\d+/, "$&\\");
  return needsEscape(line) ? `\\${line}` : line;
}

export function unescapeStart(line: string): string {
  if (/^\d{1,9}\\+[.)](?:\s|$)/.test(line)) return line.replace("\\", "");
  return line.startsWith("\\") && needsEscape(line) ? line.slice(1) : line;
}

/** Backslashes in front do not count: what was escaped once more must be found again. */
function needsEscape(line: string): boolean {
  let at = 0;
  while (line[at] === "\\") at += 1;
  return !staysText(line.slice(at));
}

/** Only a few marks can begin a block; for those Markdown itself is asked. */
function staysText(line: string): boolean {
  const first = line[0];
  if (first === undefined || !"#>-+*_=~`<[|:".includes(first)) return true;
  if (first === "[") return !/^\[[ \txX]\](?:\s|$)/.test(line) && !/^\[.*\]:/.test(line);
  if (/^(?:[-+*](?:\s|$)|>)/.test(line)) return false;
  const list = parseMarkdown(`- ${line}\n`).children[0];
  const item = list?.type === "list" ? list.children[0] : undefined;
  const only = item?.children.length === 1 ? item.children[0] : undefined;
  return only?.type === "paragraph" && only.position?.end.column === line.length + 3;
}

/** A heading may not end in a run of `#` after a space: Markdown takes it for a closing mark. */
export const escapeEnd = (heading: string): string => {
  const run = closingRun(heading);
  return run === null ? heading : `${heading.slice(0, run)}\\${heading.slice(run)}`;
};

export const unescapeEnd = (heading: string): string => {
  const run = closingRun(heading);
  return run !== null && heading[run] === "\\"
    ? heading.slice(0, run) + heading.slice(run + 1)
    : heading;
};

/** Where a last run of backslashes and then `#` begins, if a space or nothing is before it. */
function closingRun(heading: string): number | null {
  let at = heading.length;
  while (at > 0 && heading[at - 1] === "#") at -= 1;
  if (at === heading.length) return null;
  while (at > 0 && heading[at - 1] === "\\") at -= 1;
  const before = heading[at - 1];
  return before === undefined || before === " " || before === "\t" ? at : null;
}

/** A table cell: a pipe gets a backslash, and so does each backslash right before one. */
export const escapeCell = (cell: string): string =>
  cell.replace(/\\*\|/g, (run) => `${"\\".repeat(2 * (run.length - 1) + 1)}|`);

export const unescapeCell = (cell: string): string =>
  cell.replace(/\\+\|/g, (run) => `${"\\".repeat((run.length - 2) >> 1)}|`);
