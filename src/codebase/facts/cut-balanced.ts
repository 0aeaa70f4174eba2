const closing: Readonly<Record<string, string>> = { "(": ")", "{": "}", "[": "]" };
const farthest = 100_000;

/**
 * What stands between the bracket at `open` and its partner, or null where it has none. Brackets inside of strings do not count;
 * a quote that is not closed on its line is none (an apostrophe in a comment).
 */
export function cutBalanced(text: string, open: number): { body: string; end: number } | null {
  const start = text[open] ?? "";
  const end = closing[start];
  if (end === undefined) return null;
  let depth = 0;
  for (let at = open; at < text.length && at - open < farthest; at++) {
    const letter = text[at] ?? "";
    if (letter === '"' || letter === "'" || letter === "`") at = skipString(text, at);
    else if (letter === start) depth += 1;
    else if (letter === end) depth -= 1;
    if (depth === 0) return { body: text.slice(open + 1, at), end: at };
  }
  return null;
}

/** Place of the quote that closes the string at `at`; `at` itself where nothing does. */
function skipString(text: string, at: number): number {
  const quote = text[at];
  for (let next = at + 1; next < text.length; next++) {
    if (text[next] === "\\") next += 1;
    else if (text[next] === quote) return next;
    else if (text[next] === "\n" && quote !== "`") return at;
  }
  return at;
}

/** Cuts at the commas that no bracket encloses. */
export function splitAtCommas(body: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < body.length; at++) {
    const letter = body[at] ?? "";
    if (letter === '"' || letter === "'" || letter === "`") at = skipString(body, at);
    else if (letter in closing) at = cutBalanced(body, at)?.end ?? at;
    else if (letter === ",") {
      parts.push(body.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(body.slice(from));
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}
