import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { BlastRadius } from "../../src/codebase/blast-radius.ts";
import { parseMarkdown } from "../../src/documents/parse-markdown.ts";
import { drawBlastRadius } from "../../src/view/draw-blast-radius.ts";
import { renderBlastRadius, summarizeBlast } from "../../src/view/render-blast-radius.ts";

const nothing: BlastRadius = {
  target: "src/cart.ts",
  path: "src/cart.ts",
  symbol: null,
  importers: [],
  importersInAll: 0,
  importersDirectly: 0,
  changesWith: [],
  hidden: [],
  tests: [],
  publicApi: [],
  owners: [],
  ranked: [],
  notes: [],
};

const much: BlastRadius = {
  ...nothing,
  importers: [
    { path: "src/page.ts", line: 3, names: ["Cart"], distance: 1 },
    { path: "src/far.ts", line: 1, names: [], distance: 2 },
  ],
  importersInAll: 7,
  importersDirectly: 1,
  changesWith: [
    { path: "db/schema.sql", together: 4, of: 9, imports: false },
    { path: "src/page.ts", together: 3, of: 9, imports: true },
  ],
  hidden: ["db/schema.sql"],
  tests: [{ path: "test/cart.test.ts", why: "imports" }],
  publicApi: [
    { name: "Cart", line: 2, through: "src/index.ts" },
    { name: "inner", line: 9, through: null },
  ],
  owners: ["@org/store"],
  notes: ["The clone is shallow: see docs/*.md."],
};

test("a sentence, a table, a drawing, notes", () => {
  expect(
    renderBlastRadius(much),
  ).toBe(`7 files import \`src/cart.ts\` (1 of them directly), 1 test covers it, 1 usually changes with it without importing it, 1 name of it is public.

| | where | why |
|---|---|---|
| importer | \`src/page.ts\`:3 | \`Cart\` |
| importer | \`src/far.ts\` | at the second step |
| importer | … and 5 more |  |
| changes with it | \`db/schema.sql\` | in 4 of 9 commits, **without an import** |
| changes with it | \`src/page.ts\` | in 3 of 9 commits |
| test | \`test/cart.test.ts\` | imports it |
| public name | \`Cart\`:2 | handed on by \`src/index.ts\` |
| public name | \`inner\`:9 | exported |
| owner | \`@org/store\` |  |

\`\`\`mermaid
flowchart LR
  n0["src/cart.ts"]
  n1["src/page.ts"]
  n2["src/far.ts"]
  n3["test/cart.test.ts"]
  n4["db/schema.sql"]
  n1 --> n0
  n2 -- second step --> n0
  n3 -- tests --> n0
  n4 -. 4 of 9 commits .- n0
  style n0 stroke-width:3px
\`\`\`

- The clone is shallow: see docs/\\*.md.`);
});

test.each<[string, Partial<BlastRadius>, string]>([
  ["nothing", {}, "no files import `src/cart.ts`, no tests cover it."],
  [
    "one",
    { importersInAll: 1, importersDirectly: 1 },
    "1 file imports `src/cart.ts`, no tests cover it.",
  ],
])("the sentence of %s", (_name, part, sentence) => {
  expect(summarizeBlast({ ...nothing, ...part })).toBe(sentence);
});

test("where nothing is reached there is no empty table and no drawing of one box", () => {
  expect(renderBlastRadius(nothing)).toBe(summarizeBlast(nothing));
});

/** What a path of a stranger's repository may hold. */
const nasty = fc
  .array(
    fc.constantFrom(
      "a",
      "/",
      ".",
      "`",
      "``",
      "|",
      "\\",
      "\\|",
      '"',
      "'",
      "]",
      "[",
      "<b>",
      "<!--",
      "-->",
      "--",
      "#",
      "#1",
      "@org",
      "%%",
      ";",
      "{",
      "}",
      "(",
      ")",
      "\n",
      "\r\n",
      "```",
      "end",
      "\u2028",
      "\u202e",
      "&quot;",
      "1. ",
      "- ",
      "*",
      "_",
      "é",
      "日",
      "\u{1f600}",
      "~~~",
      " ",
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parts.join(""));

const anyRadius = fc
  .record({ target: nasty, paths: fc.array(nasty, { minLength: 1, maxLength: 40 }), note: nasty })
  .map(
    ({ target, paths, note }): BlastRadius => ({
      ...much,
      target,
      path: target,
      importers: paths.map((path, at) => ({
        path,
        line: at,
        names: [path],
        distance: at % 2 === 0 ? 1 : 2,
      })),
      importersInAll: paths.length,
      importersDirectly: paths.length,
      changesWith: paths.map((path) => ({ path: `${path}c`, together: 3, of: 4, imports: false })),
      hidden: paths.map((path) => `${path}c`),
      tests: paths.map((path) => ({ path: `${path}t`, why: "named" })),
      publicApi: paths.map((name) => ({ name, line: 1, through: name })),
      owners: paths.slice(0, 2),
      notes: [note],
    }),
  );

describe("whatever paths hold", () => {
  test("the drawing is of boxes and arrows, one a line, and of at most 25 boxes", () => {
    const box = /^ {2}n\d+\["[\p{L}\p{N} ./_#;…�-]*"\]$/u;
    const arrow =
      /^ {2}n\d+ (?:-->|-- second step -->|-- tests -->|-\. \d+ of \d+ commits \.-|-- \d+ of \d+ commits ---) n0$/;
    fc.assert(
      fc.property(anyRadius, (radius) => {
        const lines = drawBlastRadius(radius).split("\n");
        expect(lines.at(0)).toBe("flowchart LR");
        expect(lines.at(-1)).toBe("  style n0 stroke-width:3px");
        const inner = lines.slice(1, -1);
        expect(inner.filter((line) => !box.test(line) && !arrow.test(line))).toEqual([]);
        expect(inner.filter((line) => box.test(line)).length).toBeLessThanOrEqual(25);
        // Every number that a label has instead of a character is whole.
        expect(inner.join("\n").replace(/#\d+;/g, "")).not.toMatch(/[#;]/);
      }),
      { numRuns: 200 },
    );
  });
  test("the Markdown stays a sentence, one table of three columns, a drawing and a list", () => {
    fc.assert(
      fc.property(anyRadius, (radius) => {
        const root = parseMarkdown(renderBlastRadius(radius));
        expect(root.children.map(({ type }) => type)).toEqual([
          "paragraph",
          "table",
          "code",
          "list",
        ]);
        const [first, table, , list] = root.children;
        if (table?.type !== "table" || first?.type !== "paragraph" || list?.type !== "list")
          throw new Error("no table");
        expect(table.children.every((row) => row.children.length === 3)).toBe(true);
        const types = [
          ...first.children,
          ...table.children.flatMap((row) => row.children.flatMap((cell) => cell.children)),
        ].map(({ type }) => type);
        expect(types.filter((type) => !["text", "inlineCode", "strong"].includes(type))).toEqual(
          [],
        );
        expect(JSON.stringify(list)).not.toMatch(
          /"type":"(?:html|link|image|emphasis|code|heading|table)"/,
        );
      }),
      { numRuns: 200 },
    );
  });
});
