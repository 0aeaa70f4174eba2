import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
} from "yaml";
import { redact } from "../shared/redact.ts";
import { fail, type Result, succeed } from "../shared/result.ts";

/** A YAML text as a value, and where each part of it stands. */
export type Yaml = {
  value: unknown;
  /** Line and column, from 1, of the value at `path`; of the nearest part above it when it is not there. */
  locate: (path: readonly PropertyKey[]) => Place;
  /** Line and column of a key in the map at `path`. */
  locateKey: (path: readonly PropertyKey[], key: string) => Place;
};

export type Place = { line: number; column: number };

const LONGEST_TEXT = 256_000;
const DEEPEST = 40;

/**
 * Reads YAML 1.2 (core schema): one document, no key twice, no anchors, tags or deep nesting. Failure: `config-invalid`.
 */
export function parseYaml(text: string, path: string): Result<Yaml> {
  const invalid = (place: Place, detail: string) =>
    fail({ reason: "config-invalid" as const, path, ...place, detail: redact(detail) });
  const start = { line: 1, column: 1 };
  if (text.length > LONGEST_TEXT)
    return invalid(start, `it is longer than ${LONGEST_TEXT} characters`);
  const deep = findDeepNesting(text);
  if (deep !== null) return invalid(deep, `it is nested deeper than ${DEEPEST} levels`);
  const lines = new LineCounter();
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    schema: "core",
    version: "1.2",
    merge: false,
  });
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault) return invalid(place(fault.pos[0]), explainFault(fault.code, fault.message));
  const odd = findOddity(document);
  if (odd !== null) return invalid(place(odd.offset), odd.detail);
  return succeed({
    value: document.toJS({ maxAliasCount: 0 }),
    locate: (at) => place(offsetOf(document, at)),
    locateKey: (at, key) => place(keyOffset(document, at, key)),
  });
}

/** What YAML allows and a configuration has no use for. */
function findOddity(document: Document): { offset: number; detail: string } | null {
  let found: { offset: number; detail: string } | null = null;
  visit(document, (_, node) => {
    if (isAlias(node) || (isNode(node) && "anchor" in node && node.anchor)) {
      const detail = "anchors and aliases (& and *) are not allowed; write the value out";
      found = { offset: node.range?.[0] ?? 0, detail };
      return visit.BREAK;
    }
    if (
      isPair(node) &&
      !(isScalar(node.key) && ["string", "number", "boolean"].includes(typeof node.key.value))
    ) {
      const offset = isNode(node.key) ? (node.key.range?.[0] ?? 0) : 0;
      found = { offset, detail: "a key must be one plain word" };
      return visit.BREAK;
    }
    return undefined;
  });
  return found;
}

/** Brackets and indentation beyond any sane file, which a recursive parser would answer with a stack overflow. */
function findDeepNesting(text: string): Place | null {
  let depth = 0;
  for (const [index, line] of text.split("\n").entries()) {
    const marks = /^[ ]*(?:[-?:] *)*/.exec(line)?.[0] ?? "";
    if (marks.replace(/ /g, "").length > DEEPEST) return { line: index + 1, column: 1 };
    for (let column = 0; column < line.length; column += 1) {
      const character = line[column];
      if (character === "[" || character === "{") depth += 1;
      if (character === "]" || character === "}") depth = Math.max(0, depth - 1);
      if (depth > DEEPEST) return { line: index + 1, column: column + 1 };
    }
  }
  return null;
}

const known: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "a tab stands in the indentation; use spaces",
  DUPLICATE_KEY: "the key stands here twice; keep one",
  MULTIPLE_DOCS: "there is a second document; keep one, without `---` between",
  BAD_INDENT:
    "the indentation does not fit; align keys of one level, two spaces deeper than the level above",
  MISSING_CHAR:
    "a character is missing, often a closing quotation mark or bracket, or the space after a colon",
};

const explainFault = (code: string, message: string): string =>
  known[code] ?? `it is not valid YAML: ${message.split("\n")[0] ?? ""}`;

function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function keyOffset(document: Document, path: readonly PropertyKey[], key: string): number {
  const map = path.length === 0 ? document.contents : document.getIn(path, true);
  if (!isMap(map)) return offsetOf(document, path);
  const pair = map.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
  return isScalar(pair?.key) ? (pair.key.range?.[0] ?? 0) : offsetOf(document, path);
}
