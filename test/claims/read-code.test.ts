import { expect, test } from "@jest/globals";
import { readCode } from "../../src/documents/read-code.ts";

test("a sentence has its line, its words with marks for code, and the code", () => {
  const { sentences } = readCode("# Head\n\nUse `a`\nand `b`. See ``c`d`` too.\n");
  expect(sentences).toMatchObject([
    { line: 1, words: "Head", spans: [] },
    { line: 3, words: "Use ⟦0⟧ and ⟦1⟧.", spans: ["a", "b"], heading: "Head" },
    { line: 4, words: "See ⟦0⟧ too.", spans: ["c`d"] },
  ]);
});

test("a row of a table is a sentence under its header; a fence has the words over it", () => {
  const { sentences, fences } = readCode(
    "| Name | File |\n| --- | --- |\n| `x` | `a.ts` |\n\nIt reads:\n\n```ts a.ts:3\nx();\n```\n",
  );
  expect(sentences[0]).toMatchObject({
    header: expect.stringContaining("Name"),
    words: "⟦0⟧ | ⟦1⟧",
  });
  expect(fences).toMatchObject([
    { line: 7, language: "ts", meta: "a.ts:3", text: "x();", lead: { words: "It reads:" } },
  ]);
});

test("thousands of spans without a full stop are read a hundred at a time", () => {
  const { sentences } = readCode("`a` ".repeat(5000));
  expect(sentences).toHaveLength(50);
  expect(sentences.every(({ spans }) => spans.length === 100)).toBe(true);
});
