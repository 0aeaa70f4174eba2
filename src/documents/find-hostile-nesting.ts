/** Containers (quotes, lists) that may be nested in one another. */
export const maxNesting = 60;

/** Characters of one document. */
export const maxLength = 16 * 1024 * 1024;

/**
 * Offset of the first line that may open more containers than any person would, or null. Markdown pays
 * for each container on each line, so depth is the one thing that makes reading slower than linear. The
 * depth of a line is at most its own markers plus one for every two columns of indentation.
 */
export function findHostileNesting(source: string, limit = maxNesting): number | null {
  let start = 0;
  while (start < source.length) {
    if (countContainers(source, start, limit) > limit) return start;
    const end = source.indexOf("\n", start);
    if (end < 0) return null;
    start = end + 1;
  }
  return null;
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
