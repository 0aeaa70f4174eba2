/** Tells, for ever greater positions of a Markdown text, whether code stands there that people see as it is. */
export type CodeRanges = {
  /** End of the fence or code span around `index`, or null. Indices must not fall. */
  endAt(index: number): number | null;
  /** What lies from `start` to `end` was removed as one thing that is not shown. */
  skipTo(start: number, end: number, isComment: boolean): void;
};

type Line = {
  start: number;
  end: number;
  spans: readonly { start: number; end: number }[];
  next: number;
};

const fenceLike = /^[\s>*+\-\d.)]*(?:`{3,}[^`\n]*$|~{3,})/;
const topFence = /^(?:(`{3,})[^`]*|(~{3,}).*)$/;
const htmlLine = /^[ \t>*+\-\d.)]*<[a-z/]/i;
const rawOpen = /<(?:script|pre|style|textarea)(?=[\s>]|$)/i;
const rawClose = /<\/(?:script|pre|style|textarea)>/i;

type Scan = {
  text: string;
  line: Line;
  fence: { start: number; end: number } | null;
  /** No fence was in doubt so far. */
  certain: boolean;
  /** An HTML block may be open. */
  html: boolean;
  /** One that an empty line does not end. */
  raw: boolean;
  /** The backticks of the paragraph pair up so far. */
  paired: boolean;
};

/**
 * Only what is code beyond doubt counts: fences without indentation outside HTML blocks, and code spans of one
 * line in a paragraph whose backticks pair up. A fence in doubt makes every later one doubtful, since it may be
 * its end; a text that hides something must not win by imitating code.
 */
export function codeRanges(text: string): CodeRanges {
  const line: Line = { start: 0, end: -1, spans: [], next: 0 };
  const scan: Scan = {
    ...{ text, line, fence: null },
    ...{ certain: true, html: false, raw: false, paired: true },
  };
  return {
    endAt: (index) => endAt(scan, index),
    skipTo: (start, end, isComment) => skipTo(scan, start, end, isComment),
  };
}

function endAt(scan: Scan, index: number): number | null {
  while (index > scan.line.end) readLine(scan, scan.line.end + 1, true);
  const { fence, line } = scan;
  if (fence !== null && index >= fence.start && index < fence.end) return fence.end;
  while ((line.spans[line.next]?.end ?? Number.POSITIVE_INFINITY) <= index) line.next++;
  const span = line.spans[line.next];
  return span !== undefined && span.start <= index ? span.end : null;
}

function skipTo(scan: Scan, start: number, end: number, isComment: boolean): void {
  const { text } = scan;
  const atLineStart = start === 0 || text[start - 1] === "\n";
  // Blocks come before what stands in lines: a fence or tag at a line's start ends a comment that began within a
  // paragraph. Only a comment that begins its line in Markdown surely hides the lines in it.
  if (!isComment || !atLineStart || scan.html)
    for (const words of text.slice(start, end).split("\n").slice(1)) doubtLine(scan, words);
  if (end <= scan.line.end) return;
  const lineStart = text.lastIndexOf("\n", end - 1) + 1;
  if (lineStart === end) scan.line = { start: end, end: end - 1, spans: [], next: 0 };
  else readLine(scan, end, false);
}

function doubtLine(scan: Scan, words: string): void {
  if (fenceLike.test(words)) scan.certain = false;
  if (htmlLine.test(words)) scan.html = true;
  if (scan.html && rawOpen.test(words)) scan.raw = true;
  if (rawClose.test(words)) scan.raw = false;
}

/** `whole`: from its beginning; the rest of a line after something removed opens no fence. */
function readLine(scan: Scan, start: number, whole: boolean): void {
  const end = endOfLine(scan.text, start);
  const words = scan.text.slice(start, end).replace(/\r$/, "");
  scan.line = { start, end, spans: [], next: 0 };
  if (whole && words.trim() === "") Object.assign(scan, { html: scan.raw, paired: true });
  if (whole && openFence(scan, words)) return;
  doubtLine(scan, words);
  if (!scan.certain || scan.html || !scan.paired) return;
  const found = findSpans(words, start);
  scan.line.spans = found.spans;
  scan.paired = found.paired;
}

function openFence(scan: Scan, words: string): boolean {
  const mark = topFence.exec(words);
  if (mark === null || !scan.certain || scan.html) return false;
  const end = endOfFence(scan.text, scan.line.end, mark[1] ?? mark[2] ?? "");
  scan.fence = { start: scan.line.start, end };
  scan.line.end = end - 1;
  scan.paired = true;
  return true;
}

const endOfLine = (text: string, from: number): number => {
  const at = text.indexOf("\n", from);
  return at < 0 ? text.length : at;
};

/** Position after the closing line of a fence; an unclosed one runs to the end of the text. */
function endOfFence(text: string, from: number, mark: string): number {
  const closing = new RegExp(`^ {0,3}${mark[0]}{${mark.length},}[ \\t\\r]*$`);
  let end = from;
  while (end < text.length) {
    const start = end + 1;
    end = endOfLine(text, start);
    if (closing.test(text.slice(start, end))) return end + 1;
  }
  return text.length + 1;
}

type Spans = { spans: { start: number; end: number }[]; paired: boolean };

/** Code spans of one line, as long as nothing in it makes the pairing of backticks doubtful. */
function findSpans(words: string, offset: number): Spans {
  const runs = [...words.matchAll(/`+/g)].map((run) => ({ at: run.index, size: run[0].length }));
  const partners = findPartners(runs);
  const spans: { start: number; end: number }[] = [];
  let from = 0;
  for (let index = 0; index < runs.length; index++) {
    const run = runs[index];
    const partner = runs[partners[index] ?? -1];
    if (run === undefined || partner === undefined) return { spans, paired: false };
    if (isDoubtful(words.slice(from, run.at))) return { spans, paired: false };
    const end = partner.at + partner.size;
    if (words.slice(run.at, end).includes("|")) return { spans, paired: false };
    spans.push({ start: offset + run.at, end: offset + end });
    from = end;
    index = partners[index] ?? index;
  }
  return { spans, paired: !isDoubtful(words.slice(from)) };
}

/** For each run the next one of its length. */
function findPartners(runs: readonly { size: number }[]): (number | null)[] {
  const latest = new Map<number, number>();
  const partners: (number | null)[] = runs.map(() => null);
  for (let index = runs.length - 1; index >= 0; index--) {
    const size = runs[index]?.size ?? 0;
    partners[index] = latest.get(size) ?? null;
    latest.set(size, index);
  }
  return partners;
}

/** An escape before a backtick, or a tag that is still open where the backtick stands. */
function isDoubtful(words: string): boolean {
  if (words.endsWith("\\")) return true;
  const tag = words.lastIndexOf("<");
  return tag >= 0 && /^<[a-z/!?]/i.test(words.slice(tag, tag + 2)) && !words.includes(">", tag);
}
