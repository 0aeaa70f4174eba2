import { expect, test } from "@jest/globals";
import fc from "fast-check";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { visit } from "unist-util-visit";
import { stripHidden } from "../../src/shared/hidden-text.ts";

/** What a real Markdown parser takes for HTML: the judge of what is hidden. */
function htmlOf(markdown: string): string[] {
  const found: string[] = [];
  visit(unified().use(remarkParse).use(remarkGfm).parse(markdown), "html", (node) => {
    found.push(node.value);
  });
  return found;
}

const pieces = fc.constantFrom(
  "<!-- X -->",
  "<!-- X -->",
  "<!--",
  "-->",
  "```",
  "```",
  "```js",
  "~~~",
  "````",
  "`",
  "`",
  "``",
  "\n",
  "\n",
  "\n",
  "\n\n",
  "    ",
  "  ",
  "- ",
  "> ",
  "1. ",
  "text",
  " ",
  "<div>",
  "</div>",
  "<pre>",
  "</pre>",
  "<p>",
  "<b hidden>",
  "</b>",
  "<a title='`'>",
  "\\",
  "|",
  "| a |\n|-|\n",
  "# ",
  "[a]: b",
  "---",
  "\t",
  "<span",
  ">",
  "<!-- `",
  "` -->",
  "<x",
  "]",
  "[",
  "(",
  ")",
  "<http://a`b>",
);
// One seed by default, so that the suite is the same each time; FUZZ_RUNS=100000 looks further with a new one.
const more = process.env.FUZZ_RUNS;
const runs = more === undefined ? { numRuns: 1500, seed: 20 } : { numRuns: Number(more) };

test("a Markdown parser finds no comment in what is left", () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 24 }), (parts) => {
      const { text } = stripHidden(parts.join(""));
      expect(htmlOf(text).filter((html) => html.includes("<!--"))).toEqual([]);
    }),
    runs,
  );
});

const words = fc.constantFrom(
  ...[
    "[a]: b",
    "[a]",
    "[//]: # (x)",
    "[a]: b 'c'",
    "[b]:",
    " /u",
    "'t",
    "t'",
    '"t"',
    "(t)",
    "\n",
    "\n",
    "\n\n",
    "> ",
    "- ",
    "  ",
    "    ",
  ],
  ...[
    "[^1]: x",
    "[^1]",
    "[c][b]",
    "![d]",
    "[d]: <> (x)",
    "```",
    "text",
    "# ",
    "\\",
    "[A]",
    "[a b]: c",
    "`[a]`",
    "[a](u)",
    "- [x] y",
    "[x]: z",
    "[a\tb]",
  ],
);

test("a Markdown parser finds no definition in what is left that nothing refers to", () => {
  fc.assert(
    fc.property(fc.array(words, { maxLength: 14 }), (parts) => {
      const { text } = stripHidden(parts.join(""));
      const tree = unified().use(remarkParse).use(remarkGfm).parse(text);
      const used = new Set<string>();
      const unused: string[] = [];
      visit(tree, (node) => {
        const refers =
          node.type === "linkReference" ||
          node.type === "imageReference" ||
          node.type === "footnoteReference";
        if (refers) used.add(node.identifier);
      });
      visit(tree, (node) => {
        const defines = node.type === "definition" || node.type === "footnoteDefinition";
        if (defines && !used.has(node.identifier)) unused.push(node.identifier);
      });
      expect(unused).toEqual([]);
    }),
    runs,
  );
});
