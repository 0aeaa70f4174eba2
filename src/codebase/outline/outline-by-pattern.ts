import { LineTable } from "./line-table.ts";
import { maskComponent } from "./mask-component.ts";
import type { Outline, OutlineRequest } from "./outline.ts";
import { looksOf } from "./patterns/looks-by-path.ts";
import { maskText } from "./patterns/mask-text.ts";
import { readLines } from "./patterns/read-lines.ts";

/** The rest of a longer text is not looked at. */
const LONGEST_TEXT = 4_000_000;

/**
 * Reads a text by the look of its lines: what is indented below a class belongs to it, what is indented below a function is nobody
 * else's. Needs no grammar and never throws; finds nothing in languages whose look is not known.
 */
export function outlineByPattern(request: OutlineRequest): Outline {
  const looks = looksOf(request);
  if (looks === null) return { symbols: [], imports: [] };
  const { text: whole } = maskComponent(request) ?? request;
  // A byte order mark is no part of the first line.
  const text = whole.slice(0, LONGEST_TEXT).replace(/^\uFEFF/, " ");
  const code = maskText(text, looks.comments);
  const source = { text, lines: new LineTable(text), imports: [] };
  const outline: Outline = { symbols: readLines(text, code, looks), imports: source.imports };
  looks.imports(source, (place) => code[place] === text[place]);
  outline.imports.sort((one, other) => one.line - other.line);
  return outline;
}
