import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseMarkdown } from "../../src/documents/parse-markdown.ts";
import { splitMarkdown } from "../../src/shared/split-markdown.ts";

const words = (text: string): string[] => text.match(/w\d+/g) ?? [];
const lines = (many: number, of: (index: number) => string): string =>
  Array.from({ length: many }, (_, index) => of(index)).join("\n");

test("what fits is left as it is", () => {
  expect(splitMarkdown("one\n\ntwo", 100)).toEqual(["one\n\ntwo"]);
});

test("a fence is closed and opened again with its language", () => {
  const parts = splitMarkdown(
    `before\n\n\`\`\`ts\n${lines(60, (n) => `w${n}();`)}\n\`\`\`\n\nafter`,
    200,
  );
  expect(parts.length).toBeGreaterThan(2);
  for (const part of parts) expect((part.match(/^```/gm) ?? []).length % 2).toBe(0);
  for (const part of parts.slice(1, -1)) expect(part.startsWith("```ts\n")).toBe(true);
  expect(words(parts.join("\n"))).toHaveLength(60);
});

test("a folded section goes on folded, and a table with its header", () => {
  const table = `| a | b |\n|---|---|\n${lines(40, (n) => `| w${n} | x |`)}`;
  const parts = splitMarkdown(`<details><summary>All</summary>\n\n${table}\n\n</details>`, 400);
  expect(parts.length).toBeGreaterThan(1);
  for (const part of parts) {
    expect(part.match(/<details>/g)).toHaveLength(1);
    expect(part.match(/<\/details>/g)).toHaveLength(1);
    expect(part).toContain("| a | b |\n|---|---|\n");
  }
});

test("a nested list keeps its depth", () => {
  const text = lines(40, (n) => (n % 4 === 0 ? `- w${n}` : `    - w${n} is nested`));
  const parts = splitMarkdown(text, 200);
  for (const part of parts) {
    const tree = parseMarkdown(part);
    expect(JSON.stringify(tree)).not.toContain('"type":"code"');
    expect(tree.children.every((node) => node.type === "list")).toBe(true);
  }
  expect(words(parts.join("\n"))).toHaveLength(40);
});

test("one endless line is cut between characters, outside tags and code spans", () => {
  const parts = splitMarkdown("👩‍👧".repeat(300), 200);
  for (const part of parts) expect(part.isWellFormed()).toBe(true);
  expect(parts.join("")).toBe("👩‍👧".repeat(300));
  const spans = splitMarkdown(`${"word ".repeat(30)}\`${"@code ".repeat(100)}\``, 200);
  for (const part of spans) expect((part.match(/`/g) ?? []).length % 2).toBe(0);
  const tags = splitMarkdown(
    `${"word ".repeat(35)}<a href="${"x".repeat(60)}">t</a>${" w".repeat(90)}`,
    200,
  );
  for (const part of tags) expect(part).not.toMatch(/<[^<>]*$/);
});

const block = fc.oneof(
  fc.nat(40).map((n) => `w${n} `.repeat(n)),
  fc.nat(30).map((n) => `\`\`\`js\n${lines(n + 1, (at) => `w${at} @x`)}\n\`\`\``),
  fc
    .nat(30)
    .map((n) => `<details><summary>w1</summary>\n\n${lines(n, (at) => `- w${at}`)}\n\n</details>`),
  fc.nat(30).map((n) => `| w1 | b |\n|---|---|\n${lines(n, (at) => `| w${at} | |`)}`),
  fc.nat(30).map((n) => lines(n, (at) => `${"  ".repeat(at % 4)}- w${at}`)),
  fc.string({ maxLength: 300, unit: "binary" }),
);

test("no part is longer than the limit, and nothing of the text is lost", () => {
  fc.assert(
    fc.property(
      fc.array(block, { maxLength: 12 }),
      fc.integer({ min: 200, max: 900 }),
      (blocks, limit) => {
        const text = blocks.join("\n\n");
        const parts = splitMarkdown(text, limit);
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(limit);
        const found = words(parts.join("\n"));
        expect(found.length).toBeGreaterThanOrEqual(words(text).length);
      },
    ),
  );
});

type Node = { type: string; value?: string; children?: Node[] };

/** Where each numbered word stands: in code, in a table, in a list, in plain text. */
function contexts(text: string): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (node: Node, within: string): void => {
    const place = /^(?:code|inlineCode|table|list)$/.test(node.type)
      ? `${within}/${node.type}`
      : within;
    for (const word of words(node.value ?? ""))
      found.set(word, place.replace(/(?:\/list)+/, "/list"));
    for (const child of node.children ?? []) visit(child, place);
  };
  visit(parseMarkdown(text) as Node, "");
  return found;
}

let serial = 0;
const word = (): string => `w${serial++}`;
const many = (n: number, of: () => string, between: string): string =>
  Array.from({ length: n }, of).join(between);
const nested = fc.oneof(
  fc.nat(60).map((n) => () => many(n, word, " ")),
  fc.nat(30).map((n) => () => `\`\`\`js\n${many(n + 1, word, "\n")}\n\`\`\``),
  fc.nat(30).map((n) => () => `> ${many(n + 1, word, "\n> ")}`),
  fc
    .nat(30)
    .map(
      (n) => () =>
        `| ${word()} | b |\n|---|---|\n${many(n + 1, () => `| ${word()} | \`${word()}\` |`, "\n")}`,
    ),
  fc.array(fc.nat(3), { minLength: 1, maxLength: 30 }).map((depths) => () => {
    let last = -1;
    return depths
      .map((depth) => {
        last = Math.min(depth, last + 1);
        return `${"  ".repeat(last)}- ${word()}`;
      })
      .join("\n");
  }),
  fc
    .nat(10)
    .map((n) => () => `1. ${word()}\n\n   \`\`\`\n   ${many(n + 1, word, "\n   ")}\n   \`\`\``),
);
const folded = fc
  .array(nested, { minLength: 1, maxLength: 4 })
  .map(
    (inner) => () =>
      `<details><summary>x</summary>\n\n${inner.map((of) => of()).join("\n\n")}\n\n</details>`,
  );

test("every word is in a part what it was in the whole: code, table, list or text", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(nested, folded), { minLength: 2, maxLength: 10 }),
      fc.integer({ min: 250, max: 900 }),
      (blocks, limit) => {
        serial = 0;
        const text = blocks.map((of) => of()).join("\n\n");
        const whole = contexts(text);
        const parts = splitMarkdown(text, limit);
        for (const part of parts)
          for (const [token, place] of contexts(part))
            expect(`${token}${place}`).toBe(`${token}${whole.get(token)}`);
        expect(new Set(parts.flatMap(words))).toEqual(new Set(words(text)));
      },
    ),
    { numRuns: 100 },
  );
});
