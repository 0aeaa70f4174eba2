import type { Nodes, RootContent } from "mdast";
import { findUnreadable } from "./find-unreadable.ts";
import { foldText } from "./fold-text.ts";
import { parseMarkdown } from "./parse-markdown.ts";

/**
 * Prose by its structure: which bullet mark, where lines are wrapped, blank lines and table padding do
 * not show; words, code to the last space, headings and nesting do.
 */
export function canonicalizeProse(prose: string): unknown {
  if (findUnreadable(prose) !== null) return prose;
  return joinLists(parseMarkdown(prose).children).map(describe);
}

/** Lists that follow each other read as one: that is how pieces of a long one come. */
function joinLists(nodes: RootContent[]): RootContent[] {
  const joined: RootContent[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    if (last?.type === "list" && node.type === "list" && last.ordered === node.ordered)
      last.children.push(...node.children);
    else joined.push(node);
  }
  return joined;
}

function describe(node: Nodes): unknown {
  switch (node.type) {
    case "text":
      return node.value;
    case "break":
      return "\n";
    case "code":
      return ["code", node.lang ?? "", node.meta ?? "", node.value];
    case "html":
      return ["html", node.value];
    case "paragraph":
    case "tableCell":
      return [node.type, foldText(node.children.map(describe).join(""))];
    case "heading":
      return ["heading", node.depth, foldText(node.children.map(describe).join(""))];
    case "list":
      return ["list", node.ordered ? (node.start ?? 1) : null, node.children.map(describe)];
    case "table":
      return ["table", node.align ?? [], node.children.map(describe)];
    default:
      return [node.type, "children" in node ? node.children.map(describe) : []];
  }
}
