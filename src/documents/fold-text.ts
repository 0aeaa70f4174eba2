/** What no document can carry: half a surrogate pair, and NUL, which Markdown replaces. */
const carry = (value: string): string => value.toWellFormed().replaceAll("\0", "\uFFFD");

/** Line endings as LF. */
export const unifyLines = (value: string): string =>
  carry(value).replaceAll("\r\n", "\n").replaceAll("\r", "\n");

/** One line of text: lines are trimmed and joined with a space. */
export function foldText(value: string): string {
  const lines = unifyLines(value).split("\n");
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join(" ");
}

/** Prose without the blank lines before it and the white space after it; line endings as LF. */
export function trimProse(value: string): string {
  const lines = unifyLines(value).trimEnd().split("\n");
  const first = lines.findIndex((line) => line.trim() !== "");
  return first < 0 ? "" : lines.slice(first).join("\n").trimEnd();
}
