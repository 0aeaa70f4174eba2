import type { RootContent } from "mdast";
import { findUnreadable } from "./find-unreadable.ts";
import { trimProse } from "./fold-text.ts";
import { parseMarkdown } from "./parse-markdown.ts";

/** Info string of a fence that holds prose which would otherwise break the layout around it. */
export const verbatim = { lang: "markdown", meta: "verbatim" };

/** Prose as it stands in the source, or the content of its fence. */
export function readProse(nodes: RootContent[], source: string): string {
  const only = nodes.length === 1 ? nodes[0] : undefined;
  if (only?.type === "code" && only.lang === verbatim.lang && only.meta === verbatim.meta)
    return trimProse(only.value);
  return trimProse(source);
}

/**
 * True when prose can stand as it is: between two headings of `depth`, below `before` (bullets of
 * fields, or nothing), it opens nothing that it does not close, holds no heading of that depth or above,
 * and reads as itself.
 */
export function standsAsProse(
  prose: string,
  depth: number,
  before: string,
  read: (nodes: RootContent[], source: string, start: number, end: number) => string | null,
): boolean {
  const mark = "#".repeat(depth);
  const lead = before === "" ? `${mark} a\n\n` : `${mark} a\n\n${before}\n\n`;
  const source = `${lead}${prose}\n\n${mark} z\n`;
  if (findUnreadable(source) !== null) return false;
  const { children } = parseMarkdown(source);
  const last = children.at(-1);
  const sealed =
    last?.type === "heading" && last.position?.start.offset === source.length - mark.length - 3;
  const inner = children.slice(1, -1);
  if (!sealed || inner.some((node) => node.type === "heading" && node.depth <= depth)) return false;
  const start = mark.length + 2;
  return read(inner, source, start, source.length - mark.length - 3) === prose;
}
