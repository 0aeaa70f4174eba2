import type { Parser, Tree } from "web-tree-sitter";
import type { Grammar, IsCode, LanguageRules } from "./grammar.ts";
import type { Outline, OutlineRequest } from "./outline.ts";
import { fileScope, Walk } from "./walk.ts";

export type TreeReader = { parser: Parser; grammar: Grammar; finish: LanguageRules["finish"] };

/** Longer texts are no code that people wrote; a parse of them would hold everything else up. */
const LONGEST_TEXT = 4_000_000;

/** Reads a text by its grammar. Null when the parser gave up, so that the caller reads it otherwise. */
export function outlineByTree(reader: TreeReader, request: OutlineRequest): Outline | null {
  if (request.text.length > LONGEST_TEXT) return null;
  let tree: Tree | null = null;
  try {
    tree = reader.parser.parse(request.text);
    return tree === null ? null : readTree(reader, tree, request);
  } catch {
    return null;
  } finally {
    tree?.delete();
  }
}

function readTree(reader: TreeReader, tree: Tree, request: OutlineRequest): Outline {
  const cursor = tree.walk();
  try {
    const walk = new Walk(request, cursor, reader.grammar);
    walk.enter(fileScope());
    reader.finish(walk, codeTest(tree));
    return {
      symbols: walk.symbols.sort((one, other) => one.line - other.line),
      imports: walk.imports.sort((one, other) => one.line - other.line),
    };
  } finally {
    cursor.delete();
  }
}

function codeTest(tree: Tree): IsCode {
  const root = tree.rootNode;
  return (place, types) => {
    const node = root.descendantForIndex(place, place + 1);
    return node !== null && types.includes(node.isNamed ? node.type : `"${node.type}"`);
  };
}
