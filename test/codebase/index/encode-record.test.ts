import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Language } from "../../../src/codebase/codebase.ts";
import { decodeRecord, encodeRecord } from "../../../src/codebase/index/encode-record.ts";
import { hashOf, openSegment, packSegment } from "../../../src/codebase/index/segment.ts";
import type { SourceRecord } from "../../../src/codebase/index/source-record.ts";

const languages: (Language | null)[] = [
  ...([null, "typescript", "tsx", "javascript", "python", "go", "rust"] as const),
  ...(["java", "c-sharp", "ruby", "php", "cpp"] as const),
];
const word = fc.string({ unit: "binary", maxLength: 12 });
const line = fc.integer({ min: 0, max: 2 ** 32 - 1 });

const symbol = fc.record({
  name: word,
  kind: fc.constantFrom(
    ...(["class", "interface", "type", "enum", "function", "method"] as const),
    ...(["field", "constant", "variable", "module"] as const),
  ),
  line,
  endLine: line,
  owner: fc.option(word),
  signature: word,
  exported: fc.boolean(),
  bases: fc.array(word, { maxLength: 3 }),
});
const statement = fc.record({
  line,
  specifier: word,
  names: fc.array(word, { maxLength: 3 }),
  handsOn: fc.boolean(),
});
const window = fc
  .tuple(
    line,
    line,
    line,
    fc.array(fc.tuple(line, fc.integer({ min: 1, max: 255 })), { maxLength: 9 }),
  )
  .map(([startLine, endLine, length, pairs]) => ({
    ...{ startLine, endLine, length },
    terms: Uint32Array.from(pairs, ([term]) => term),
    counts: Uint8Array.from(pairs, ([, count]) => count),
  }));
const record: fc.Arbitrary<SourceRecord> = fc.record({
  kind: fc.constantFrom("text", "binary", "unreadable"),
  lines: line,
  language: fc.constantFrom(...languages),
  generated: fc.boolean(),
  script: fc.boolean(),
  symbols: fc.array(symbol, { maxLength: 4 }),
  imports: fc.array(statement, { maxLength: 4 }),
  windows: fc.array(window, { maxLength: 4 }),
  // A text is kept as UTF-8, which has no half of a character.
  text: fc.option(fc.string({ unit: "grapheme", maxLength: 20 })),
});

test("a record is the same after it was bytes", () => {
  fc.assert(
    fc.property(record, (given) => {
      const bytes = encodeRecord(given);
      expect(bytes.byteLength % 4).toBe(0);
      expect({ ...decodeRecord(bytes) }).toEqual(given);
    }),
  );
});

const segmentOf = (records: readonly SourceRecord[]) =>
  new Map(records.map((one, index) => [`key ${records.length - index}`, encodeRecord(one)]));

test("a segment gives back its records, wherever its bytes lie, and is the same whatever order they came in", () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 5 }), fc.nat({ max: 7 }), (records, shift) => {
      const given = segmentOf(records);
      const { bytes } = packSegment(given);
      const moved = new Uint8Array(bytes.length + shift);
      moved.set(bytes, shift);
      const opened = openSegment(moved.subarray(shift), hashOf(bytes));
      expect(opened?.size).toBe(given.size);
      for (const [key, one] of given) {
        expect({ ...decodeRecord(opened?.get(key) ?? new Uint8Array()) }).toEqual({
          ...decodeRecord(one),
        });
      }
      expect(packSegment(new Map([...given].reverse())).bytes).toEqual(bytes);
    }),
    { numRuns: 50 },
  );
});

test("a segment with a changed byte, or cut off anywhere, is none", () => {
  const { bytes } = packSegment(segmentOf(fc.sample(record, { numRuns: 5, seed: 1 })));
  const hash = hashOf(bytes);
  for (let at = 0; at < bytes.length; at += 7) {
    const changed = Uint8Array.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(openSegment(changed, hash)).toBeNull();
    expect(openSegment(bytes.subarray(0, at), hash)).toBeNull();
  }
});

test("bytes that are no segment are none, also under their own hash", () => {
  for (const text of ["", "short", "x".repeat(64)]) {
    const bytes = Uint8Array.from(Buffer.from(text));
    expect(openSegment(bytes, hashOf(bytes))).toBeNull();
  }
});
