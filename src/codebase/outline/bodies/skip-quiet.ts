import type { BodyStyle } from "./body-style.ts";

type Place = {
  at: number;
  code: number;
  /** The last sign before it that counts; -1 at the beginning. */
  before: number;
};

const DEEPEST = 20;
/** No person writes a longer pattern; to look further for its end, again and again, is what hostile code wants. */
const LONGEST_PATTERN = 2_000;

/** The place after the comment, text or pattern that begins at `at`; `at` where none does; null where it has no end. */
export function skipQuiet(text: string, place: Place, style: BodyStyle): number | null {
  const { at, code } = place;
  if (code === 47) return skipSlash(text, place, style);
  if (code === 34) return skipDouble(text, at, style);
  if (code === 39) return skipSingle(text, at, style);
  if (code === 96) return skipBacktick(text, at, style, 0);
  return code === 114 && style.rawStrings ? skipRaw(text, at) : at;
}

function skipSlash(text: string, { at, before }: Place, style: BodyStyle): number | null {
  const next = text.charCodeAt(at + 1);
  if (next === 47) return lineEnd(text.indexOf("\n", at), text.length);
  if (next === 42) return style.nestedComments ? skipNested(text, at) : skipTo(text, "*/", at + 2);
  if (!style.patterns) return at;
  const meaning = judgeSlash(text, before);
  if (meaning === "division") return at;
  return meaning === "pattern" ? skipPattern(text, at) : stepOver(text, at);
}

const lineEnd = (found: number, length: number): number => (found < 0 ? length : found);

function skipTo(text: string, end: string, from: number): number | null {
  const found = text.indexOf(end, from);
  return found < 0 ? null : found + end.length;
}

function skipNested(text: string, from: number): number | null {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text.startsWith("/*", at)) depth += 1;
    else if (text.startsWith("*/", at)) depth -= 1;
    else continue;
    at += 1;
    if (depth === 0) return at + 1;
  }
  return null;
}

/** A text of one line. Where the line ends first, it was none, and what else is seen is not what it seems. */
function skipLine(text: string, from: number): number | null {
  const quote = text.charCodeAt(from);
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at += 1;
    else if (code === quote) return at + 1;
    else if (code === 10) break;
  }
  return null;
}

function skipDouble(text: string, at: number, style: BodyStyle): number | null {
  if (style.triple && text.startsWith('"""', at)) return skipTriple(text, at);
  if (style.rawStrings) return skipMany(text, at);
  return skipLine(text, at);
}

/** A text with escapes that may go over many lines. */
function skipMany(text: string, from: number): number | null {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at += 1;
    else if (code === 34) return at + 1;
  }
  return null;
}

function skipTriple(text: string, from: number): number | null {
  for (let at = from + 3; at < text.length; at++) {
    if (text.charCodeAt(at) === 92) at += 1;
    else if (text.startsWith('"""', at)) return at + 3;
  }
  return null;
}

const CHARACTER = /'(?:[^'\\\n\ud800-\udfff]|[\ud800-\udbff][\udc00-\udfff]|\\[^\n']{1,24}|\\')'/y;

function skipSingle(text: string, at: number, style: BodyStyle): number | null {
  if (style.single === "text") return skipLine(text, at);
  CHARACTER.lastIndex = at;
  // A lifetime has no second quote.
  return CHARACTER.test(text) ? CHARACTER.lastIndex : at + 1;
}

/** `r"…"`, `r#"…"#`, also as bytes. */
function skipRaw(text: string, at: number): number | null {
  if (
    /[\p{L}\p{N}_]/u.test(text[at - 1] ?? "") &&
    !/(?<![\p{L}\p{N}_])[bc]$/u.test(text.slice(Math.max(0, at - 2), at))
  )
    return at;
  const marks = /^r(#{0,20})"/.exec(text.slice(at, at + 24))?.[1];
  return marks === undefined ? at : skipTo(text, `"${marks}`, at + marks.length + 2);
}

function skipBacktick(text: string, from: number, style: BodyStyle, depth: number): number | null {
  if (style.backtick === null) return from;
  if (style.backtick === "raw") return skipTo(text, "`", from + 1);
  if (depth > DEEPEST) return null;
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at += 1;
    else if (code === 96) return at + 1;
    else if (code === 36 && text.charCodeAt(at + 1) === 123) {
      const next = skipCode(text, at + 2, style, depth + 1);
      if (next === null) return null;
      at = next - 1;
    }
  }
  return null;
}

/** The place after the brace that ends the code in a template. */
function skipCode(text: string, from: number, style: BodyStyle, depth: number): number | null {
  let open = 1;
  let before = from - 1;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const next =
      code === 96
        ? skipBacktick(text, at, style, depth)
        : skipQuiet(text, { at, code, before }, style);
    if (next === null) return null;
    if (next > at) at = next - 1;
    else if (code === 123) open += 1;
    else if (code === 125) {
      open -= 1;
      if (open === 0) return at + 1;
    }
    if (code > 32) before = at;
  }
  return null;
}

const NAME_END = /[\p{L}\p{N}_$\]"'`]/u;
const OPERATOR_WORD =
  /(?:^|[^\p{L}\p{N}_$.])(?:return|typeof|case|in|of|delete|void|throw|new|do|else|await|yield|instanceof)$/u;
/** What may end a value as well as what a value follows: `)` of a call or of an `if`, `a++`, `a!`, `a<b>`, `1.`. */
const EITHER = /(?:[)}!.]|\+\+|--|(?<!=)>)$/;

/** After a value a slash divides; after an operator, or a word that is one, it begins a pattern. Often one cannot tell. */
function judgeSlash(text: string, before: number): "pattern" | "division" | "unclear" {
  if (before < 0) return "pattern";
  const last = text.slice(Math.max(0, before - 12), before + 1);
  if (EITHER.test(last) || OPERATOR_WORD.test(last)) return "unclear";
  return NAME_END.test(text[before] ?? "") ? "division" : "pattern";
}

/** The place after a slash that may mean either; null where it matters which. */
function stepOver(text: string, at: number): number | null {
  const end = lineEnd(text.indexOf("\n", at), text.length);
  const rest = text.slice(at + 1, Math.min(end, at + LONGEST_PATTERN));
  return end - at > LONGEST_PATTERN || /[{}"'`]/.test(rest) ? null : at;
}

function skipPattern(text: string, from: number): number | null {
  let inClass = false;
  const limit = Math.min(text.length, from + LONGEST_PATTERN);
  for (let at = from + 1; at <= limit; at++) {
    if (at === limit && limit < text.length) return null;
    const code = text.charCodeAt(at);
    if (code === 10) break;
    if (code === 92) at += 1;
    else if (code === 91) inClass = true;
    else if (code === 93) inClass = false;
    else if (code === 47 && !inClass) return at + 1;
  }
  // No pattern ends on another line: it was a division.
  return from;
}
