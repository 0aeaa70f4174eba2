import { expect, test } from "@jest/globals";
import { openRecent } from "../../src/ledger/github/recent.ts";

test("what was not used for longest goes first, by weight", () => {
  const recent = openRecent<string>(10, (text) => text.length);
  recent.keep("a", "aaaa");
  recent.keep("b", "bbbb");
  expect(recent.find("a")).toBe("aaaa");
  recent.keep("c", "cccc");
  expect([recent.find("a"), recent.find("b"), recent.find("c")]).toEqual([
    "aaaa",
    undefined,
    "cccc",
  ]);
  recent.keep("a", "a");
  recent.keep("d", "dddd");
  expect([recent.find("a"), recent.find("c"), recent.find("d")]).toEqual(["a", "cccc", "dddd"]);
  recent.keep("d", "x".repeat(11));
  expect([recent.find("a"), recent.find("d")]).toEqual(["a", undefined]);
});
