import type { Nodes, RootContent } from "mdast";
import { readCodeSpan } from "./code-span.ts";
import { findUnreadable } from "./find-unreadable.ts";
import { parseMarkdown } from "./parse-markdown.ts";

/** A sentence, a heading or a row of a table, with its code spans taken out. */
export type Sentence = {
  /** Line of the text that it begins on, from 1. */
  line: number;
  /** The words; `⟦0⟧` stands for the first of `spans`. Cells of a row are parted by ` | `. */
  words: string;
  /** Contents of the code spans, in their order. */
  spans: readonly string[];
  /** Words of the header's row, where this is a row of a table; else null. */
  header: string | null;
  /** Words of the heading above, "" where there is none. */
  heading: string;
};

/** A fenced block of code. */
export type Fence = {
  line: number;
  /** First word of its info string, in lower case; "" where there is none. */
  language: string;
  /** The rest of the info string. */
  meta: string;
  text: string;
  /** What stands just before it, or null where nothing does. */
  lead: Sentence | null;
  heading: string;
};

/** What a text says in code, and with which words around it. */
export type Code = { sentences: Sentence[]; fences: Fence[] };

type Place = { source: string; heading: string; header: string | null };

/** Reads the code spans and fences of a Markdown text. HTML and indented code say nothing; a text beyond the parser's limits neither. */
export function readCode(source: string): Code {
  const code: Code = { sentences: [], fences: [] };
  if (findUnreadable(source) !== null) return code;
  let heading = "";
  for (const node of parseMarkdown(source).children) {
    readNode(node, { source, heading, header: null }, code);
    if (node.type === "heading") heading = code.sentences.at(-1)?.words ?? heading;
  }
  return code;
}

function readNode(node: RootContent, place: Place, code: Code): void {
  if (node.type === "code") readFence(node, place, code);
  else if (node.type === "table") {
    const [head, ...rows] = node.children;
    const header = head === undefined ? "" : maskSpans(sliceOf(head, place.source)).words;
    for (const row of rows) addSentence(row, { ...place, header }, code);
  } else if (node.type === "paragraph" || node.type === "heading") addSentences(node, place, code);
  else if ("children" in node)
    for (const child of node.children) readNode(child as RootContent, place, code);
}

function readFence(node: RootContent & { type: "code" }, place: Place, code: Code): void {
  const line = lineOf(node, place.source);
  const opening = sliceOf(node, place.source).trimStart();
  if (!/^(?:```|~~~)/.test(opening)) return;
  const last = code.sentences.at(-1);
  const isNear = last !== undefined && last.line < line;
  code.fences.push({
    line,
    language: (node.lang ?? "").toLowerCase(),
    meta: node.meta ?? "",
    text: node.value,
    lead: isNear ? last : null,
    heading: place.heading,
  });
}

/** A row is one sentence, whatever its cells hold. */
function addSentence(node: Nodes, place: Place, code: Code): void {
  const masked = maskSpans(sliceOf(node, place.source));
  const words = masked.words
    .trim()
    .replace(/^\|\s*|\s*\|$/g, "")
    .replace(/\s*\|\s*/g, " | ");
  const { heading, header } = place;
  code.sentences.push({
    line: lineOf(node, place.source),
    words,
    spans: masked.spans,
    heading,
    header,
  });
}

const sentenceEnd = /(?<=[.!?;])(?<!\b(?:e\.g|i\.e|cf|vs|etc|approx)\.)\s+/u;

function addSentences(node: Nodes, place: Place, code: Code): void {
  const { words, spans } = maskSpans(sliceOf(node, place.source));
  const start = lineOf(node, place.source);
  const { heading, header } = place;
  let line = start;
  let offset = 0;
  for (const part of words.split(sentenceEnd).flatMap(cutLong)) {
    const at = words.indexOf(part, offset);
    line += words.slice(offset, at).split("\n").length - 1;
    code.sentences.push({ line, ...renumber(part, spans), heading, header });
    line += part.split("\n").length - 1;
    offset = at + part.length;
  }
}

/** A hundred spans are no sentence; as many at a time are read as one. */
const cutLong = (part: string): string[] => part.match(/(?:[^⟦]*⟦\d+⟧){1,100}[^⟦]*/g) ?? [part];

/** The sentence with the spans that it has, counted from 0. */
function renumber(part: string, spans: readonly string[]): { words: string; spans: string[] } {
  const own: string[] = [];
  const words = part.replace(/⟦(\d+)⟧/g, (_mark, index: string) => {
    own.push(spans[Number(index)] ?? "");
    return `⟦${own.length - 1}⟧`;
  });
  return {
    words: words
      .replace(/^\s*#+\s*/, "")
      .replace(/\s+/g, " ")
      .trim(),
    spans: own,
  };
}

function maskSpans(raw: string): { words: string; spans: string[] } {
  const text = raw.replace(/[⟦⟧]/g, " ");
  const spans: string[] = [];
  let words = "";
  for (let at = 0; at < text.length; ) {
    const next = text.indexOf("`", at);
    if (next < 0) return { words: words + text.slice(at), spans };
    words += text.slice(at, next);
    const span = readCodeSpan(text, next);
    const ticks = /^`+/.exec(text.slice(next, next + 200))?.[0].length ?? 1;
    if (span === null) {
      words += text.slice(next, next + ticks);
      at = next + ticks;
      continue;
    }
    // A span that was wrapped keeps its lines, so that what follows stays on its line.
    const breaks = "\n".repeat(text.slice(next, span.end).split("\n").length - 1);
    words += `⟦${spans.length}⟧${breaks}`;
    spans.push(span.content.replace(/\s*\n\s*/g, " "));
    at = span.end;
  }
  return { words, spans };
}

const sliceOf = (node: Nodes, source: string): string =>
  source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);

const lineOf = (node: Nodes, source: string): number =>
  source.slice(0, node.position?.start.offset ?? 0).split("\n").length;
