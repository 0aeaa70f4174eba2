import type { Parser, Range, Tree, TreeCursor } from "web-tree-sitter";
import { leaveOutBodies } from "./bodies/leave-out-bodies.ts";
import type { Grammar, IsCode, LanguageRules } from "./grammar.ts";
import type { Outline, OutlineRequest } from "./outline.ts";
import { outlineByPattern } from "./outline-by-pattern.ts";
import { fileScope, Walk } from "./walk.ts";

export type TreeReader = {
  parser: Parser;
  makeParser: () => Parser;
  restoreStack: () => void;
  grammar: Grammar;
  rules: LanguageRules;
};

/** Longer texts are no code that people wrote; a parse of them would hold everything else up. */
const LONGEST_TEXT = 4_000_000;

/**
 * How often the parser may report before it is stopped, by the length of the text: five times what the busiest of two thousand real
 * files needed. A count, not a time, so that the same text always gives the same outline.
 */
const REPORTS = 1_000;
const REPORTS_PER_UNIT = 0.06;

/**
 * What was in use when a parser threw. The parser's memory is in an unknown state then: freeing in it can end the process, and the library
 * frees by itself what nothing holds any longer.
 */
const givenUp: unknown[] = [];

/**
 * Reads a text by its grammar. Null when the parser gave up, so that the caller reads it otherwise. Most of a text is the inside of
 * functions, where no declaration is looked for: it is left out where signs tell it, and the whole is read after all where that made the
 * tree faulty, or left out a place that is looked into.
 */
export function outlineByTree(reader: TreeReader, request: OutlineRequest): Outline | null {
  if (request.text.length > LONGEST_TEXT) return null;
  const text = reader.rules.prepare?.(request.text) ?? request.text;
  const parts =
    reader.rules.bodies === undefined ? null : leaveOutBodies(text, reader.rules.bodies);
  const some = parts === null ? "whole" : outlineParts(reader, request, text, parts);
  const outline = some === "whole" ? outlineParts(reader, request, text, null) : some;
  return outline === "whole" ? null : outline;
}

type Parts = Range[] | null;

/** `whole` where these parts of the text do not tell all. */
function outlineParts(
  reader: TreeReader,
  request: OutlineRequest,
  text: string,
  parts: Parts,
): Outline | null | "whole" {
  const used: unknown[] = [reader.parser];
  try {
    const tree = parse(reader.parser, text, parts ?? undefined);
    if (tree === null) return null;
    const cursor = tree.walk();
    used.push(tree, cursor);
    const outline = readTree(reader, tree, cursor, { request, parts });
    cursor.delete();
    tree.delete();
    return outline;
  } catch {
    givenUp.push(...used);
    reader.restoreStack();
    reader.parser = reader.makeParser();
    return null;
  }
}

function parse(parser: Parser, text: string, includedRanges?: Range[]): Tree | null {
  let left = REPORTS + text.length * REPORTS_PER_UNIT;
  const progressCallback = () => {
    left -= 1;
    return left < 0;
  };
  const tree = parser.parse(text, null, {
    progressCallback,
    ...(includedRanges === undefined ? {} : { includedRanges }),
  });
  if (tree === null) parser.reset();
  return tree;
}

function readTree(
  reader: TreeReader,
  tree: Tree,
  cursor: TreeCursor,
  { request, parts }: { request: OutlineRequest; parts: Parts },
): Outline | "whole" {
  if (parts !== null && tree.rootNode.hasError) return "whole";
  const gaps = new Set(parts?.map(({ endIndex }) => endIndex));
  const walk = new Walk(request, cursor, reader.grammar, gaps);
  // A text that could not be put together at all is one broken place from its beginning to its end.
  if (tree.rootNode.isError) walk.apply(fileScope());
  else walk.enter(fileScope());
  if (walk.cut) return "whole";
  const looks = lookAtBroken(walk, request);
  // Symbols come before the language has its last word on what is exported, imports after it has found its own.
  addNews(walk.symbols, looks.symbols, ({ name }) => name);
  reader.rules.finish(walk, codeTest(tree));
  addNews(walk.imports, looks.imports, ({ specifier }) => specifier);
  return {
    symbols: walk.symbols.sort((one, other) => one.line - other.line),
    imports: walk.imports.sort((one, other) => one.line - other.line),
  };
}

/** More broken places are not looked at one by one. */
const MOST_BROKEN = 200;

type Look = { line: number };

/** What the look of lines finds where the parser could not read. */
function lookAtBroken(walk: Walk, request: OutlineRequest): Outline {
  if (walk.broken.length === 0) return { symbols: [], imports: [] };
  const ranges = walk.broken.slice(0, MOST_BROKEN).map(({ start, end }) => ({
    first: walk.lines.lineAt(start),
    last: walk.lines.lineAt(end),
  }));
  const inside = ({ line }: Look) =>
    ranges.some(({ first, last }) => first <= line && line <= last);
  const looks = outlineByPattern(request);
  return { symbols: looks.symbols.filter(inside), imports: looks.imports.filter(inside) };
}

/** Adds what is not known yet; `key` tells by what it is known. */
function addNews<Item extends Look>(
  known: Item[],
  looks: Item[],
  key: (item: Item) => string,
): void {
  const keys = new Set(looks.length === 0 ? [] : known.map((item) => `${item.line} ${key(item)}`));
  for (const item of looks) if (!keys.has(`${item.line} ${key(item)}`)) known.push(item);
}

function codeTest(tree: Tree): IsCode {
  const root = tree.rootNode;
  return (place, types) => {
    const node = root.descendantForIndex(place, place + 1);
    return node !== null && types.includes(node.isNamed ? node.type : `"${node.type}"`);
  };
}
