import { expect, test } from "@jest/globals";
import fc from "fast-check";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { neutraliseMentions } from "../../src/shared/neutralise-mentions.ts";
import { neutraliseMermaid } from "../../src/shared/neutralise-mermaid.ts";
import { JOINER, restoreText } from "../../src/shared/restore-text.ts";
import { splitMarkdown } from "../../src/shared/split-markdown.ts";

const sha = "3f2a9c1b0d4e5f60718293a4b5c6d7e8f9a0b1c2";

test.each([
  ["a person", "ask @octocat", /@octocat/],
  ["a team", "ask @acme/admins", /@acme/],
  ["an escaped mention", "ask \\@octocat", /@octocat/],
  ["an issue", "see #12", /#12/],
  ["another repository's issue", "see acme/shop#12", /#12/],
  ["GH-", "see gh-12", /gh-12/i],
  ["GH- with an escape", "see GH\\-12", /GH\\-12/],
  ["a closing word", "Fixes #12, closes acme/shop#3", /#\d/],
  ["a commit", `since ${sha}`, /[0-9a-f]{7}/],
  ["a person's commit", `octocat@${sha}`, /@3|[0-9a-f]{7}/],
  ["a short commit", "since **3f2a9c1**", /3f2a9c1/],
  ["the address of an issue", "https://github.com/acme/shop/issues/12", /issues\/12/],
  ["a link to a pull request", "[x](https://ghe.acme.example/a/b/pull/7)", /pull\/7/],
  ["a marker of ours", "<!-- archwright key=status at=1 sha=000000000000 -->", /<!--/],
  ["an entity for @", "&#64;octocat &#x40;octocat &commat;octocat", /&(?:#64|#x40|commat);/],
  ["entities within a name", "@&#111;ctocat", /&#111;/],
])("%s is made inert, and comes back", (_name, text, dangerous) => {
  expect(text).toMatch(dangerous);
  expect(neutraliseMentions(text)).not.toMatch(dangerous);
  expect(restoreText(neutraliseMentions(text))).toBe(text);
});

test.each([
  "`@octocat #12`",
  `\`\`\`\n@octocat ${sha} <!-- x -->\n\`\`\``,
  "a defaced facade of 1234567 &#39;x&#39; &amp;",
])("code and plain words stay: %s", (text) => {
  expect(neutraliseMentions(text)).toBe(text);
});

test("a fence that ends early does not hide what follows", () => {
  expect(neutraliseMentions("```\ncode\n```\n@octocat")).not.toContain("@octocat");
  expect(neutraliseMentions("`open @octocat")).not.toContain("@octocat");
});

const piece = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom(
    "@bob",
    "#1",
    `${sha} `,
    "`",
    "```\n",
    "\n\n",
    "<!--",
    "&#64;",
    "GH-1",
    "~~~mermaid\n",
  ),
);
const text = fc
  .array(piece, { maxLength: 40 })
  .map((pieces) => pieces.join("").replaceAll(JOINER, ""));

test("whatever the text, restoring gives it back, and doing it twice adds nothing", () => {
  fc.assert(
    fc.property(text, (given) => {
      const inert = neutraliseMermaid(neutraliseMentions(given));
      expect(restoreText(inert)).toBe(given);
      expect(neutraliseMermaid(neutraliseMentions(inert))).toBe(inert);
    }),
  );
});

test("a drawing is shown as code when it is too large or not closed", () => {
  const small = "```mermaid\ngraph TD; a-->b\n```\nafter";
  expect(neutraliseMermaid(small)).toBe(small);
  const large = `\`\`\`mermaid\n${"a-->b\n".repeat(9000)}\`\`\``;
  expect(neutraliseMermaid(large).startsWith(`\`\`\`${JOINER}mermaid`)).toBe(true);
  expect(neutraliseMermaid("  ```mermaid\na")).toBe(`  \`\`\`${JOINER}mermaid\na`);
});

const parser = unified().use(remarkParse).use(remarkGfm);

type Node = { type: string; value?: string; children?: Node[] };

/** What a reader sees as text, or a browser reads as HTML, but for code. */
function shownTexts(node: Node): string[] {
  if (node.type === "code" || node.type === "inlineCode") return [];
  return [node.value ?? "", ...(node.children ?? []).flatMap(shownTexts)];
}

const lively = fc.oneof(
  piece,
  fc.constantFrom(
    "`@bob #1`",
    "```js\n@bob #1\n```\n",
    "\n- ",
    "\n> ",
    "| a | `@bob` |\n|---|---|\n",
  ),
  fc.constantFrom(
    "<details><summary>x</summary>\n\n",
    "</details>\n\n",
    "    ",
    "word ",
    `\\`,
    "``",
    "<pre>",
  ),
  fc.constantFrom("~~~\n", `${"@bob ".repeat(50)}`, `\`${"#1 ".repeat(60)}\``, "<b", ">", "\t"),
);

test("as Markdown is read by a parser, nothing outside code is live, neither in the whole nor in its parts", () => {
  fc.assert(
    fc.property(fc.array(lively, { maxLength: 40 }), (pieces) => {
      const whole = neutraliseMentions(pieces.join(""));
      for (const shown of [whole, ...splitMarkdown(whole, 250)]) {
        for (const seen of shownTexts(parser.parse(shown) as Node)) {
          expect(seen).not.toMatch(/@[a-z0-9]|#\d|(?<![a-z0-9])GH-\d|<!--/i);
          expect(seen).not.toMatch(/(?<![\da-z])(?=\d*[a-f])(?=[a-f]*\d)[\da-f]{7,40}(?![\da-z])/i);
        }
      }
    }),
    { numRuns: 300 },
  );
});
