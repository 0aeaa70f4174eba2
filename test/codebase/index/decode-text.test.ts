import { expect, test } from "@jest/globals";
import { decodeText } from "../../../src/codebase/index/decode-text.ts";

const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, "utf16le");

test.each<[string, Buffer, string | null]>([
  ["plain text", Buffer.from("a\r\nb"), "a\r\nb"],
  ["UTF-8", Buffer.from("日本 é"), "日本 é"],
  ["UTF-8 with a mark", Buffer.from("\ufeffa"), "a"],
  ["Latin-1", Buffer.from("caf\u00e9 d\u00fcrfen", "latin1"), "café dürfen"],
  ["UTF-16 with a mark", utf16("Grüße"), "Grüße"],
  ["UTF-16 with a mark, the other way round", utf16("Grüße").swap16(), "Grüße"],
  ["nothing", Buffer.alloc(0), ""],
  ["a NUL byte", Buffer.from("a\0b"), null],
  ["a NUL byte far behind", Buffer.concat([Buffer.alloc(100_000, 97), Buffer.alloc(1)]), null],
  ["control characters of no text", Buffer.from([1, 2, 3, 0xff, 4, 5, 6, 0xfe]), null],
  ["half a character of UTF-16", Buffer.from([0xff, 0xfe, 0x41]), null],
])("%s", (_, bytes, text) => {
  expect(decodeText(bytes)).toBe(text);
});
