import type { Nodes, Root, RootContent } from "mdast";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { type Processor, unified } from "unified";
import { findClose, findCut } from "./find-cut.ts";

/**
 * Inline constructs and definitions, by micromark's names. They are off: texts are kept as their source
 * stands, so nothing inline has to be understood, and every construct whose worst case is more than
 * linear (brackets, emphasis, code spans, autolinks) is out of reach of hostile input.
 */
const inline = [
  "attention",
  "autolink",
  "characterEscape",
  "characterReference",
  "codeText",
  "definition",
  "emailAutolink",
  "gfmFootnoteCall",
  "gfmFootnoteDefinition",
  "gfmPotentialFootnoteCall",
  "hardBreakEscape",
  "htmlText",
  "labelEnd",
  "labelStartImage",
  "labelStartLink",
  "protocolAutolink",
  "strikethrough",
  "tasklistCheck",
  "wwwAutolink",
];

function blocksOnly(this: Processor): void {
  const data = this.data();
  data.micromarkExtensions?.push({ disable: { null: inline } });
  // The autolink extension searches every text once more after parsing; that is inline work too.
  data.fromMarkdownExtensions = (data.fromMarkdownExtensions ?? [])
    .flat()
    .map(({ transforms: _, ...extension }) => extension);
}

const processor = unified().use(remarkParse).use(remarkGfm).use(blocksOnly).freeze();

/** A piece grows at least to this size, where the cost of one call no longer shows. */
const pieceLength = 500;

/**
 * The block structure of a Markdown text; what is inside a line stays one text node. Of the positions
 * only offsets count. The text is read in pieces, because the parser below slows down with the length of
 * what it is given: a list that spans pieces comes as several lists, one after the other.
 */
export function parseMarkdown(source: string): Root {
  const children: RootContent[] = [];
  for (let start = 0; start < source.length; ) {
    let end = findCut(source, start, pieceLength);
    let piece = processor.parse(source.slice(start, end)).children;
    const open = end < source.length ? findClose(source, start, end, piece.at(-1)) : null;
    if (open !== null) {
      end = open;
      piece = processor.parse(source.slice(start, end)).children;
    }
    for (const node of piece) {
      if (start > 0) shift(node, start);
      children.push(node);
    }
    start = end;
  }
  return { type: "root", children };
}

function shift(node: Nodes, by: number): void {
  const { position } = node;
  if (position) {
    position.start.offset = (position.start.offset ?? 0) + by;
    position.end.offset = (position.end.offset ?? 0) + by;
  }
  if ("children" in node) for (const child of node.children) shift(child, by);
}
