import type { Root } from "mdast";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { type Processor, unified } from "unified";

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

/** The block structure of a Markdown text; what is inside a line stays one text node. */
export const parseMarkdown = (source: string): Root => processor.parse(source);
