import type { RootContent } from "mdast";

/**
 * Where a text can be cut so that both parts read as the whole does: before a line at column 1 that
 * begins a block whatever stands above it (heading, bullet), or any text after a blank line. Only a
 * fence or HTML at the root goes on over such a line; `findClose` sees to those.
 */
export function findCut(source: string, start: number, least: number): number {
  let blank = false;
  for (let at = nextLine(source, start); at < source.length; at = nextLine(source, at)) {
    if (at - start >= least && beginsPiece(source, at, blank)) return at;
    blank = isBlank(source, at);
  }
  return source.length;
}

/**
 * Whether the line at `at` can begin a piece; `blank` tells of the line before it. Not at a byte order mark: the parser swallows one at the start of what it is given, and all offsets with it.
 */
export const beginsPiece = (source: string, at: number, blank: boolean): boolean =>
  beginsBlock(source, at) || (blank && !isSpace(source[at]) && source[at] !== "\uFEFF");

/**
 * End of the fence or HTML block that is still open where the piece from `start` to `end` was cut; null
 * when none is. `last` is the last block of that piece.
 */
export function findClose(
  source: string,
  start: number,
  end: number,
  last: RootContent | undefined,
): number | null {
  if (last?.type !== "code" && last?.type !== "html") return null;
  const block = source.slice(
    start + (last.position?.start.offset ?? 0),
    start + (last.position?.end.offset ?? 0),
  );
  if (last.type === "html") return closeHtml(source, end, block);
  const fence = /^ {0,3}(`{3,}|~{3,})/.exec(block)?.[1];
  if (fence === undefined) return null;
  const lines = block.split("\n");
  if (lines.length > 1 && closes(lines.at(-1) ?? "", fence)) return null;
  for (let at = end; at < source.length; at = nextLine(source, at))
    if (closes(source.slice(at, nextLine(source, at)), fence)) return nextLine(source, at);
  return source.length;
}

function closes(line: string, fence: string): boolean {
  const mark = line.trim();
  if (mark.length < fence.length || /^(?: {4}| {0,3}\t)/.test(line)) return false;
  for (const character of mark) if (character !== fence[0]) return false;
  return true;
}

/** HTML that ends with a mark of its own, by its beginning; all other HTML ends with a blank line. */
const endMarks: [RegExp, RegExp][] = [
  [/^\s*<!--/, /-->/g],
  [/^\s*<\?/, /\?>/g],
  [/^\s*<!\[CDATA\[/, /\]\]>/g],
  [/^\s*<![a-z]/i, />/g],
  [/^\s*<(?:script|pre|style|textarea)(?:[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/gi],
];

function closeHtml(source: string, end: number, block: string): number | null {
  const mark = endMarks.find(([begin]) => begin.test(block))?.[1];
  if (mark) {
    mark.lastIndex = 0;
    if (mark.test(block)) return null;
    mark.lastIndex = end;
    const found = mark.exec(source);
    return found ? nextLine(source, found.index) : source.length;
  }
  for (let at = previousLine(source, end); at < source.length; at = nextLine(source, at))
    if (isBlank(source, at)) return at < end ? null : at;
  return source.length;
}

export function nextLine(source: string, at: number): number {
  const end = source.indexOf("\n", at);
  return end < 0 ? source.length : end + 1;
}

const previousLine = (source: string, at: number): number => source.lastIndexOf("\n", at - 2) + 1;

function beginsBlock(source: string, at: number): boolean {
  const first = source[at];
  if (first === "#") {
    let end = at;
    while (source[end] === "#") end += 1;
    return end - at <= 6 && isSpace(source[end]);
  }
  const bullet = first === "-" || first === "*" || first === "+";
  return bullet && source[at + 1] === " " && !isSpace(source[at + 2]) && at + 2 < source.length;
}

const isSpace = (character: string | undefined): boolean =>
  character === " " || character === "\t" || character === "\n";

export function isBlank(source: string, at: number): boolean {
  let end = at;
  while (source[end] === " " || source[end] === "\t") end += 1;
  return source[end] === "\n" || end >= source.length;
}
