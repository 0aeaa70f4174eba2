import type { ImportStatement, Language, SymbolKind, Window } from "../codebase.ts";
import type { OutlineSymbol } from "../outline/outline.ts";
import type { SourceRecord } from "./source-record.ts";

// A record is words of 32 bits, so that terms are looked at where they lie: a head of seven words, four words a window, all terms, all
// counts, then declarations, imports and text, which are taken apart when they are first asked for.
const HEAD = 7;
const PER_WINDOW = 4;

const kinds: readonly SourceRecord["kind"][] = ["text", "binary", "unreadable"];
const symbolKinds: readonly SymbolKind[] = [
  ...(["class", "interface", "type", "enum", "function", "method"] as const),
  ...(["field", "constant", "variable", "module"] as const),
];
const languages: readonly Language[] = [
  ...(["typescript", "tsx", "javascript", "python", "go", "rust"] as const),
  ...(["java", "c-sharp", "ruby", "php", "cpp"] as const),
];

type PackedSymbol = [
  string,
  number,
  number,
  number,
  string | null,
  string,
  0 | 1,
  readonly string[],
];
type PackedImport = [number, string, readonly string[], 0 | 1];

const packSymbol = (one: OutlineSymbol): PackedSymbol => [
  ...([one.name, symbolKinds.indexOf(one.kind), one.line, one.endLine] as const),
  ...([one.owner, one.signature, one.exported ? 1 : 0, [...one.bases]] as const),
];
const packImport = (one: ImportStatement): PackedImport => [
  ...([one.line, one.specifier, [...one.names], one.handsOn ? 1 : 0] as const),
];

const list = (items: readonly unknown[]): Buffer =>
  Buffer.from(items.length === 0 ? "" : JSON.stringify(items));

/** A record as bytes; their number is a multiple of four. */
export function encodeRecord(record: SourceRecord): Uint8Array {
  const symbols = list(record.symbols.map(packSymbol));
  const imports = list(record.imports.map(packImport));
  const text = Buffer.from(record.text ?? "");
  const terms = record.windows.reduce((sum, window) => sum + window.terms.length, 0);
  const words = HEAD + record.windows.length * PER_WINDOW + terms;
  const size = words * 4 + terms + symbols.length + imports.length + text.length;
  const bytes = new Uint8Array(Math.ceil(size / 4) * 4);
  const all = new Uint32Array(bytes.buffer);
  const language = record.language === null ? 0 : languages.indexOf(record.language) + 1;
  const flags =
    (record.generated ? 1 : 0) | (record.text === null ? 0 : 2) | (record.script ? 4 : 0);
  all.set([kinds.indexOf(record.kind) | (flags << 8) | (language << 16), record.lines]);
  all.set([record.windows.length, terms, symbols.length, imports.length, text.length], 2);
  putWindows(record.windows, all, bytes, words * 4);
  bytes.set(symbols, words * 4 + terms);
  bytes.set(imports, words * 4 + terms + symbols.length);
  bytes.set(text, words * 4 + terms + symbols.length + imports.length);
  return bytes;
}

function putWindows(
  windows: readonly Window[],
  all: Uint32Array,
  bytes: Uint8Array,
  countsAt: number,
): void {
  let term = HEAD + windows.length * PER_WINDOW;
  let count = countsAt;
  for (const [index, { startLine, endLine, length, terms, counts }] of windows.entries()) {
    all.set([startLine, endLine, length, terms.length], HEAD + index * PER_WINDOW);
    all.set(terms, term);
    bytes.set(counts, count);
    term += terms.length;
    count += counts.length;
  }
}

const parse = <T>(text: string): readonly T[] => (text === "" ? [] : (JSON.parse(text) as T[]));

const openSymbol = (one: PackedSymbol): OutlineSymbol => ({
  ...{ name: one[0], kind: symbolKinds[one[1]] ?? "variable", line: one[2], endLine: one[3] },
  ...{ owner: one[4], signature: one[5], exported: one[6] === 1, bases: one[7] },
});
const openImport = (one: PackedImport): ImportStatement => ({
  ...{ line: one[0], specifier: one[1], names: one[2], handsOn: one[3] === 1 },
});

/** The record that `encodeRecord` made, over the very same bytes. Its parts are taken out each time they are asked for. */
export function decodeRecord(bytes: Uint8Array): SourceRecord {
  const all = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  const [first = 0, lines = 0, windows = 0, terms = 0, symbols = 0, imports = 0, text = 0] = all;
  const words = (HEAD + windows * PER_WINDOW + terms) * 4;
  const part = (from: number, length: number): string =>
    Buffer.from(bytes.buffer, bytes.byteOffset + words + terms + from, length).toString("utf8");
  return {
    kind: kinds[first & 255] ?? "unreadable",
    lines,
    language: languages[(first >>> 16) - 1] ?? null,
    generated: (first & 0x100) !== 0,
    script: (first & 0x400) !== 0,
    get symbols() {
      return parse<PackedSymbol>(part(0, symbols)).map(openSymbol);
    },
    get imports() {
      return parse<PackedImport>(part(symbols, imports)).map(openImport);
    },
    get windows() {
      return takeWindows(bytes, all, windows, words);
    },
    get text() {
      return (first & 0x200) === 0 ? null : part(symbols + imports, text);
    },
  };
}

function takeWindows(
  bytes: Uint8Array,
  all: Uint32Array,
  windows: number,
  countsAt: number,
): Window[] {
  let term = HEAD + windows * PER_WINDOW;
  let count = countsAt;
  const taken: Window[] = [];
  for (let at = HEAD; at < HEAD + windows * PER_WINDOW; at += PER_WINDOW) {
    const size = all[at + 3] ?? 0;
    taken.push({
      startLine: all[at] ?? 0,
      endLine: all[at + 1] ?? 0,
      length: all[at + 2] ?? 0,
      terms: all.subarray(term, term + size),
      counts: bytes.subarray(count, count + size),
    });
    term += size;
    count += size;
  }
  return taken;
}
