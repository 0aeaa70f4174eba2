import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { chainStart, parseEventLines, renderEventLines } from "../../src/ledger/event-lines.ts";
import type { JsonObject } from "../../src/ledger/port.ts";

const three = renderEventLines(chainStart, [{ type: "A" }, { type: "B" }, { type: "C" }]).text;
const lines = three.split("\n").slice(0, 3);
const [first = "", second = "", third = ""] = lines;

test("the format of a line is fixed", () => {
  const hash = createHash("sha256").update(first).digest("hex");
  expect(first).toBe(`{"seq":1,"prev":"${"0".repeat(64)}","event":{"type":"A"}}`);
  expect(second).toBe(`{"seq":2,"prev":"${hash}","event":{"type":"B"}}`);
});

test("keys are sorted at every depth, so that the same content is the same line", () => {
  const render = (event: JsonObject) => renderEventLines(chainStart, [event]).text;
  expect(render({ b: { d: 1, c: [{ f: 1, e: 2 }] }, a: undefined, "": null })).toBe(
    render({ "": null, b: { c: [{ e: 2, f: 1 }], d: 1 } }),
  );
});

test("any events come back from what was written, in one go or appended", () => {
  const event = fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue());
  fc.assert(
    fc.property(fc.array(event), fc.array(event), (before, after) => {
      const begun = renderEventLines(chainStart, before);
      const text = begun.text + renderEventLines(begun.end, after).text;
      expect(text).toBe(renderEventLines(chainStart, [...before, ...after]).text);
      const parsed = parseEventLines(Buffer.from(text));
      expect(parsed.fault).toBeNull();
      expect(parsed.soundBytes).toBe(Buffer.byteLength(text));
      expect(parsed.records.map((record) => record.event)).toEqual(
        JSON.parse(JSON.stringify([...before, ...after])),
      );
    }),
    { numRuns: 60 },
  );
});

describe("a fault is told with its line, and the lines before it are kept", () => {
  const cases: [string, string | Buffer, number, RegExp][] = [
    ["a changed line", three.replace('"B"', '"X"'), 3, /hash of line 2/],
    ["a dropped line", [first, third, ""].join("\n"), 2, /seq is 3 and should be 2/],
    ["a doubled line", [first, first, ""].join("\n"), 2, /seq is 1 and should be 2/],
    ["swapped lines", [second, first, ""].join("\n"), 1, /seq is 2/],
    ["a first line with a wrong prev", first.replace("0000", "1111"), 1, /cut off/],
    ["a first line that continues nothing", `${first.replace("0000", "1111")}\n`, 1, /64 zeros/],
    ["a cut last line", three.slice(0, -5), 3, /cut off/],
    ["a missing last line end", three.slice(0, -1), 3, /cut off/],
    ["an empty line", `${first}\n\n${second}\n`, 2, /not JSON/],
    ["something that is no object", `${first}\n[]\n`, 2, /not a JSON object/],
    ["an event that is no object", `${first.replace('{"type":"A"}', '"A"')}\n`, 1, /event is not/],
    ["a byte order mark", `\ufeff${three}`, 1, /not JSON/],
    ["carriage returns, because they change the bytes", three.replaceAll("\n", "\r\n"), 2, /hash/],
    ["bytes that are no text", Buffer.from(three.replace("B", "\xff"), "latin1"), 2, /UTF-8/],
  ];
  test.each(cases)("%s", (_name, content, line, detail) => {
    const parsed = parseEventLines(Buffer.from(content));
    expect(parsed.fault).toMatchObject({ line, detail: expect.stringMatching(detail) });
    expect(parsed.records).toHaveLength(line - 1);
    expect(parsed.end.seq).toBe(line - 1);
  });
});

test("keys of a later version beside the event are no fault", () => {
  const line = first.replace('"seq"', '"hmac":"abc","seq"');
  expect(parseEventLines(Buffer.from(`${line}\n`)).fault).toBeNull();
});

test("mutated bytes never crash the reader and are never read as the same events", () => {
  const bytes = Buffer.from(three);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const mutated = Buffer.from(bytes);
      mutated[at] = (mutated[at] ?? 0) ^ change;
      const parsed = parseEventLines(mutated);
      // Only the last line is not covered by a later hash; there the text itself must differ.
      const last = Buffer.byteLength(`${first}\n${second}\n`);
      expect(parsed.fault !== null || at >= last).toBe(true);
    }),
  );
});
