/** What a decorator begins with in a language; nothing where it has none, or where they are nodes apart. */
export type DecoratorSign = "@" | "[" | "#" | null;

const FARTHEST = 20_000;

/** Where a declaration begins after its decorators, annotations or attributes (`@a.b(…)`, `[Attribute(…)]`, `#[…]`) and comments among them. */
export function skipDecorators(
  text: string,
  { start, end, sign }: { start: number; end: number; sign: DecoratorSign },
): number {
  if (text[start] !== sign) return start;
  const limit = Math.min(end, start + FARTHEST);
  let place = start;
  while (place < limit && text[place] === sign) {
    const next = skipOne(text, place, limit);
    if (next === place) return place;
    place = skipBlank(text, next, limit);
  }
  return place < end ? place : start;
}

function skipOne(text: string, place: number, limit: number): number {
  const sign = text[place];
  if (sign === "[") return skipBrackets(text, place, limit);
  if (sign === "#") return text[place + 1] === "[" ? skipBrackets(text, place + 1, limit) : place;
  if (sign !== "@" || /^@interface\b/.test(text.slice(place, place + 11))) return place;
  let next = place + 1;
  while (next < limit && /[\w$.]/.test(text[next] ?? "")) next += 1;
  const bracket = skipSpaces(text, next, limit);
  return text[bracket] === "(" ? skipBrackets(text, bracket, limit) : next;
}

/** The place after the bracket that closes the one at `place`; strings are stepped over. */
function skipBrackets(text: string, place: number, limit: number): number {
  let depth = 0;
  for (let at = place; at < limit; at += 1) {
    const sign = text[at] ?? "";
    if ("([{".includes(sign)) depth += 1;
    else if (")]}".includes(sign)) depth -= 1;
    else if ("\"'`".includes(sign)) at = skipString(text, at, limit);
    if (depth === 0) return at + 1;
  }
  return place;
}

function skipString(text: string, place: number, limit: number): number {
  const quote = text[place];
  for (let at = place + 1; at < limit; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === quote) return at;
  }
  return place;
}

function skipSpaces(text: string, place: number, limit: number): number {
  let at = place;
  while (at < limit && (text[at] === " " || text[at] === "\t")) at += 1;
  return at;
}

function skipBlank(text: string, place: number, limit: number): number {
  let at = place;
  for (;;) {
    while (at < limit && /\s/.test(text[at] ?? "")) at += 1;
    if (text.startsWith("//", at)) at = before(text.indexOf("\n", at), limit);
    else if (text.startsWith("/*", at)) at = before(text.indexOf("*/", at) + 2, limit);
    else return at;
    if (at >= limit) return limit;
  }
}

function before(found: number, limit: number): number {
  return found < 2 || found > limit ? limit : found;
}
