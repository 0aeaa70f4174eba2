const CLASSES: Readonly<Record<string, string>> = {
  d: "0-9",
  s: "[:space:]",
  w: "[:alnum:]_",
};
const NEGATED: Readonly<Record<string, string>> = {
  D: "[^0-9]",
  S: "[^[:space:]]",
  W: "[^[:alnum:]_]",
};
/** Letters and digits that a pattern must have beyond its operators, to be about something. */
const TELLING = 3;

/** Counted repetitions are copied out before the search, nested ones again and again: thirty characters could take all memory. */
const MOST_COPIES = 1000;

/**
 * A pattern in POSIX extended syntax, or null when it means nothing there or too little: a query that cannot have a hit because its
 * syntax is another one would "prove" any absence. `\d`, `\s` and `\w` are translated; lazy operators, look-around and
 * other escapes of letters are refused, and so are what matches the empty text and an anchor in the middle, which nothing matches.
 */
export function toExtendedRegex(pattern: string): string | null {
  if (pattern.length > 500 || /[\n\r\0]/.test(pattern)) return null;
  if (/\(\?(?!:)|[*+?}][?+]/.test(pattern)) return null;
  const plain = pattern.replaceAll("(?:", "(");
  if (hasStrayAnchor(plain) || countCopies(plain) > MOST_COPIES) return null;
  const translated = translate(plain);
  if (translated === null) return null;
  const literal = pattern.replace(/\\[a-zA-Z]/g, "").replace(/[^\p{L}\p{N}_]/gu, "");
  return literal.length >= TELLING && isTelling(pattern) ? translated : null;
}

/** `foo^` and `$foo` are valid and match no line. */
function hasStrayAnchor(pattern: string): boolean {
  const bare = pattern.replace(/\\./g, "x").replace(/\[\^?\]?[^\]]*\]/g, "x");
  return /[^(|]\^/.test(bare) || /\$(?![)|]|$)/.test(bare);
}

const countCopies = (pattern: string): number =>
  [...pattern.matchAll(/\{(\d*)(?:,(\d*))?\}/g)].reduce(
    (copies, [, least, most]) => copies * Math.max(1, Number(least), Number(most ?? 0)),
    1,
  );

function translate(pattern: string): string | null {
  let result = "";
  let inClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const letter = pattern[at] ?? "";
    if (letter === "\\") {
      at += 1;
      const escaped = translateEscape(pattern[at] ?? "", inClass);
      if (escaped === null) return null;
      result += escaped;
      continue;
    }
    if (letter === "[" && !inClass) inClass = true;
    else if (letter === "]") inClass = false;
    result += letter;
  }
  return result;
}

function translateEscape(escaped: string, inClass: boolean): string | null {
  const inside = CLASSES[escaped];
  if (inside !== undefined) return inClass ? inside : `[${inside}]`;
  if (inClass) return /^[a-zA-Z0-9\]^-]?$/.test(escaped) ? null : escaped;
  if (escaped === "b") return "\\b";
  if (/^[a-zA-Z0-9]?$/.test(escaped)) return NEGATED[escaped] ?? null;
  return `\\${escaped}`;
}

/** Valid, and not true of the empty text (`x*`). */
function isTelling(pattern: string): boolean {
  try {
    return !new RegExp(pattern).test("");
  } catch {
    return false;
  }
}
