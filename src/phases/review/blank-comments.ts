/** Which marks begin a comment or a string in a language, by the ending of its files. */
type Marks = { line: string; block: boolean; quotes: string; regex: boolean };

const C_LIKE: Marks = { line: "//", block: true, quotes: "\"'`", regex: true };
const HASH: Marks = { line: "#", block: false, quotes: "\"'", regex: false };
const RUST: Marks = { line: "//", block: true, quotes: '"', regex: false };

function marksOf(path: string): Marks {
  if (/\.(py|rb|sh|bash|pl|ex|exs)$/.test(path)) return HASH;
  if (/\.(rs|zig)$/.test(path)) return RUST;
  return C_LIKE;
}

/** What was skipped at a position: the text that stands for it, and where to go on. */
type Skipped = { kept: string; end: number };

/**
 * The source without comments, so that counting words in it counts code; with `strings: "empty"` also with the contents of
 * strings and regular expressions emptied. A scanner, not a parser: an unclosed quote ends with its line, which keeps a
 * mistake within that line. Linear in the text.
 */
export function blankComments(path: string, source: string, strings: "empty" | "keep"): string {
  const marks = marksOf(path);
  let result = "";
  let position = 0;
  while (position < source.length) {
    const comment = skipComment(source, position, marks);
    const literal = comment ? null : skipLiteral(source, position, marks);
    const end = comment?.end ?? literal?.end ?? position + 1;
    const verbatim = source.slice(position, end);
    if (comment) result += comment.kept;
    else result += literal && strings === "empty" ? literal.kept : verbatim;
    position = end;
  }
  return result;
}

function skipComment(source: string, position: number, marks: Marks): Skipped | null {
  if (marks.block && source.startsWith("/*", position)) {
    const close = source.indexOf("*/", position + 2);
    return { kept: " ", end: close < 0 ? source.length : close + 2 };
  }
  if (!source.startsWith(marks.line, position)) return null;
  const close = source.indexOf("\n", position);
  return { kept: "", end: close < 0 ? source.length : close };
}

function skipLiteral(source: string, position: number, marks: Marks): Skipped | null {
  const first = source[position] ?? "";
  if (marks.quotes.includes(first)) return skipString(source, position, first);
  if (marks.regex && first === "/") return skipRegex(source, position);
  return null;
}

function skipString(source: string, position: number, quote: string): Skipped {
  const triple = quote.repeat(3);
  if (quote !== "`" && source.startsWith(triple, position)) {
    const close = source.indexOf(triple, position + 3);
    return { kept: triple, end: close < 0 ? position + 3 : close + 3 };
  }
  for (let at = position + 1; at < source.length; at += 1) {
    const letter = source[at];
    if (letter === "\\") at += 1;
    else if (letter === quote) return { kept: quote + quote, end: at + 1 };
    else if (letter === "\n" && quote !== "`") return { kept: quote, end: at };
  }
  return { kept: quote, end: position + 1 };
}

/** A regular expression may hold quotes. It can only stand where a value begins, and never spans lines. */
function skipRegex(source: string, position: number): Skipped | null {
  let before = position - 1;
  while (before >= 0 && source[before] === " ") before -= 1;
  if (before >= 0 && !"(,=:[!&|?{};+\n".includes(source[before] ?? "")) return null;
  let inClass = false;
  for (let at = position + 1; at < source.length; at += 1) {
    const letter = source[at];
    if (letter === "\n") return null;
    if (letter === "\\") at += 1;
    else if (letter === "[") inClass = true;
    else if (letter === "]") inClass = false;
    else if (letter === "/" && !inClass) return { kept: "/ /", end: at + 1 };
  }
  return null;
}
