/** Tells, for ever greater positions of a Markdown text, whether code stands there that people see as it is. */
export type CodeRanges = {
  /** End of the fence or code span around `index`, or null. Indices must not fall. */
  endAt(index: number): number | null;
  /** What lies before `index` was removed. `html`: it began an HTML block, in which no fence counts until an empty line. */
  skipTo(index: number, html: boolean): void;
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

/**
 * Only what is code beyond doubt counts: fences without indentation outside HTML blocks, and code spans of one
 * line in a paragraph whose backticks pair up. A fence in doubt makes every later one doubtful, since it may be
 * its end; a text that hides something must not win by imitating code.
 */
export function codeRanges(text: string): CodeRanges {
  const state = { certain: true, html: false, raw: false, paired: true };
  let line: Line = { start: 0, end: -1, spans: [], next: 0 };
  let fence: { start: number; end: number } | null = null;

  const readLine = (start: number, whole: boolean): void => {
    const end = endOfLine(text, start);
    const words = text.slice(start, end).replace(/\r$/, "");
    line = { start, end, spans: [], next: 0 };
    if (whole && words.trim() === "") Object.assign(state, { html: state.raw, paired: true });
    if (!whole || !openFence(start, words)) readWords(start, words);
  };
  const openFence = (start: number, words: string): boolean => {
    const mark = topFence.exec(words);
    if (mark === null || !state.certain || state.html) return false;
    fence = { start, end: endOfFence(text, line.end, mark[1] ?? mark[2] ?? "") };
    line.end = fence.end - 1;
    state.paired = true;
    return true;
  };
  const readWords = (start: number, words: string): void => {
    if (fenceLike.test(words)) state.certain = false;
    if (htmlLine.test(words)) state.html = true;
    if (state.html && rawOpen.test(words)) state.raw = true;
    if (rawClose.test(words)) state.raw = false;
    if (!state.certain || state.html || !state.paired) return;
    const found = findSpans(words, start);
    line.spans = found.spans;
    state.paired = found.paired;
  };

  return {
    endAt(index) {
      while (index > line.end) readLine(line.end + 1, true);
      if (fence !== null && index >= fence.start && index < fence.end) return fence.end;
      while ((line.spans[line.next]?.end ?? Number.POSITIVE_INFINITY) <= index) line.next++;
      const span = line.spans[line.next];
      return span !== undefined && span.start <= index ? span.end : null;
    },
    skipTo(index, html) {
      if (html) Object.assign(state, { html: true });
      if (index <= line.end) return;
      const start = text.lastIndexOf("\n", index - 1) + 1;
      if (start === index) line = { start, end: index - 1, spans: [], next: 0 };
      else readLine(index, false);
    },
  };
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
