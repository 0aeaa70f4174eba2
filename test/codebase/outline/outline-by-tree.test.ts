import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "@jest/globals";
import type { ParseOptions, Parser, Range } from "web-tree-sitter";
import { rulesByLanguage } from "../../../src/codebase/outline/languages/rules-by-language.ts";
import { outlineByTree, type TreeReader } from "../../../src/codebase/outline/outline-by-tree.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** A reader whose parser fails as one does that has written over its own memory. */
function brokenReader() {
  const seen: { parsers: WeakRef<object>[]; restored: number } = { parsers: [], restored: 0 };
  const makeParser = () => {
    const parser = {
      parse() {
        throw new RangeError("memory access out of bounds");
      },
    };
    seen.parsers.push(new WeakRef(parser));
    return parser as unknown as Parser;
  };
  const rules = rulesByLanguage.python;
  const grammar = { ...rules, typeNames: [], fieldNames: [], rules: [] };
  const restoreStack = () => {
    seen.restored += 1;
  };
  const reader: TreeReader = { parser: makeParser(), makeParser, restoreStack, grammar, rules };
  return { reader, seen };
}

test("a parser that failed is replaced, and never freed: freeing in a damaged memory ends the process", async () => {
  const { reader, seen } = brokenReader();
  const request = { path: "a.py", language: "python" as const, text: "x = 1" };
  expect(outlineByTree(reader, request)).toBeNull();
  expect(outlineByTree(reader, request)).toBeNull();
  expect(seen.restored).toBe(2);
  await new Promise((resolve) => setTimeout(resolve, 20));
  collect();
  expect(seen.parsers.map((parser) => parser.deref() !== undefined)).toEqual([true, true, true]);
});

test("the parser is given a text without the inside of its functions, and the whole where that is faulty", () => {
  const given: (readonly Range[] | undefined)[] = [];
  const parser = {
    parse(_text: string, _before: null, { includedRanges }: ParseOptions) {
      given.push(includedRanges);
      if (includedRanges === undefined) return null;
      return {
        rootNode: { hasError: true },
        walk: () => ({ delete() {} }),
        delete() {},
      };
    },
    reset() {},
  } as unknown as Parser;
  const rules = rulesByLanguage.java;
  const grammar = { ...rules, typeNames: [], fieldNames: [], rules: [] };
  const makeParser = () => parser;
  const reader = { parser, makeParser, restoreStack() {}, grammar, rules };
  const body = "call(); ".repeat(20);
  const text = `class A { void f() {${body}} }`;
  expect(outlineByTree(reader, { path: "A.java", language: "java", text })).toBeNull();
  const seen = given[0]?.map(({ startIndex, endIndex }) => text.slice(startIndex, endIndex));
  expect(seen).toEqual(["class A { void f() {", "} }"]);
  expect(given).toEqual([expect.any(Array), undefined]);
});
