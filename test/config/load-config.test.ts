import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { loadConfig, parseConfig } from "../../src/config/load-config.ts";
import { protectedPaths } from "../../src/config/protected-paths.ts";
import { configSchema } from "../../src/config/schema.ts";
import type { FileContent, Snapshot } from "../../src/workspace/port.ts";

const parse = (text: string) => parseConfig(text, "archwright.yml");

const failureOf = (text: string) => {
  const result = parse(text);
  if (result.ok || result.failure.reason !== "config-invalid") throw new Error(`accepted: ${text}`);
  return result.failure;
};

describe("parseConfig", () => {
  test.each([
    ["an empty text", ""],
    ["comments only", "# nothing yet\n"],
    ["sections whose lines are commented out", "budget:\n  # issue: 3\nlabel:\n"],
    ["null", "null\n"],
  ])("takes %s for the defaults", (_, text) => {
    expect(parse(text)).toEqual({ ok: true, value: configSchema.parse({}) });
  });

  test("fills in what a file leaves out", () => {
    const result = parse(
      "budget:\n  issue: 8\ncommands:\n  unit: npm test\n  lint:fix: npx biome\n",
    );
    if (!result.ok) throw new Error(JSON.stringify(result.failure));
    expect(result.value.budget.issue).toBe(8);
    expect(result.value.budget.day).toBe(25);
    expect(result.value.commands).toEqual({ unit: "npm test", "lint:fix": "npx biome" });
    expect(result.value.review.weights.acceptance).toBe(60);
  });

  // Text, line and column of the fault, and words that the sentence must have.
  test.each<[string, number, number, RegExp]>([
    ["budget:\n  issue: abc\n", 2, 10, /`budget.issue`.*number.*US dollars/],
    ["budget:\n  issue: -1\n", 2, 10, /`budget.issue`.*>=0/],
    ["budget:\n  issue: .inf\n", 2, 10, /`budget.issue`/],
    ["budgets:\n  issue: 1\n", 1, 1, /unknown key `budgets`; did you mean `budget`\?/],
    ["label: x\nlimits:\n  commandSecond: 5\n", 3, 3, /`limits`; did you mean `commandSeconds`\?/],
    ["zzzzzzzzzzzz: 1\n", 1, 1, /known are models, providers/],
    ["__proto__:\n  a: 1\n", 1, 1, /unknown key `__proto__`/],
    ["1: 2\n", 1, 1, /unknown key `1`/],
    ["budget:\n\tissue: 1\n", 2, 1, /tab/],
    ["label: a\nlabel: b\n", 2, 1, /twice/],
    ["a: &x [1]\nb: *x\n", 1, 7, /anchors/],
    ["- a\n", 1, 1, /expected object/],
    ["just words\n", 1, 1, /expected object/],
    ["label: [a\n", 2, 1, /./],
    ['label: "a\n', 2, 1, /quotation mark/],
    ["label: a\n---\nlabel: b\n", 2, 1, /second document/],
    ["label: !!js/function 'x'\n", 1, 8, /not valid YAML/],
    ["? [a]\n: 1\n", 1, 3, /one plain word/],
    ["review:\n  weights:\n    style: 20\n", 3, 5, /sum to 100, they sum to 110/],
    ["approval:\n  roles: [admin, writer]\n", 2, 18, /"admin"\|"maintain"/],
    ["approval:\n  roles: []\n", 2, 10, /roles/i],
    ["models:\n  builder: gpt\n", 2, 12, /PROVIDER:MODEL/],
    ["commands:\n  'bad name!': x\n", 2, 3, /a command's name/],
    ["commands:\n  unit: ''\n", 2, 9, /`commands.unit`/],
    ["providers:\n  x: {kind: other}\n", 2, 13, /"anthropic"/],
    ["providers:\n  x: {kind: compatible, baseUrl: file:///etc/passwd}\n", 2, 34, /http/],
    ["prices:\n  openai:gpt: {input: 1}\n", 2, 15, /output/],
    ["isolation: off\n", 1, 12, /"namespaces"/],
    ["documents: {designs: ../x}\n", 1, 22, /inside the repository/],
    ["documents: {designs: /etc}\n", 1, 22, /inside the repository/],
    ["paths: {protected: secret}\n", 1, 20, /array/],
    ["label: a\r\nlabels: b\r\n", 2, 1, /did you mean `label`/],
  ])("tells the place and the remedy of %j", (text, line, column, words) => {
    const failure = failureOf(text);
    expect({ line: failure.line, column: failure.column, path: failure.path }).toEqual({
      line,
      column,
      path: "archwright.yml",
    });
    expect(failure.detail).toMatch(words);
  });

  test("tells the first fault of several", () => {
    expect(failureOf("label: 5\nisolation: off\nbudgets: 1\n").line).toBe(1);
  });

  test("never repeats a key that was put into the file", () => {
    const key = `sk-ant-api03-${"a1B2".repeat(12)}`;
    for (const text of [
      `models:\n  builder: ${key}\n`,
      `providers:\n  x: {kind: openai, keyVariable: ${key}}\n`,
      `${key}: 1\n`,
      `label: "${key}\n`,
    ]) {
      expect(JSON.stringify(failureOf(text))).not.toContain(key);
    }
  });

  test.each([
    ["brackets", "[".repeat(200_000)],
    ["block sequences", "- ".repeat(20_000)],
    ["explicit keys", "? ".repeat(20_000)],
    ["maps in one line", "x: ".repeat(20_000)],
    [
      "indented maps",
      Array.from({ length: 600 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join(""),
    ],
    ["length", "# ".repeat(200_000)],
    [
      "aliases",
      `a: &a [x]\n${Array.from({ length: 30 }, (_, n) => `b${n}: &b${n} [*a, *a]\n`).join("")}`,
    ],
  ])("refuses hostile %s at once", (_, text) => {
    const started = performance.now();
    failureOf(text);
    expect(performance.now() - started).toBeLessThan(1_500);
  });

  test("answers any text with a value or a place", () => {
    const words = fc.constantFrom(
      "budget",
      "issue",
      ":",
      "\n",
      "  ",
      "- ",
      "[",
      "]",
      "{",
      "}",
      "&a",
      "*a",
      '"',
      "'",
      "|",
      ">",
      "#",
      "\t",
      "5",
      "null",
      "!!",
      "?",
      "---",
      "\u0000",
      "é",
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), (parts) => {
        const result = parse(parts.join(""));
        if (result.ok) return;
        if (result.failure.reason !== "config-invalid") throw new Error(result.failure.reason);
        expect(result.failure.line).toBeGreaterThanOrEqual(1);
        expect(result.failure.column).toBeGreaterThanOrEqual(1);
        expect(result.failure.detail).not.toBe("");
      }),
      { numRuns: 500 },
    );
  });

  test("understands the examples of the documentation", () => {
    const page = readFileSync("docs/configuration.md", "utf8");
    const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");
    expect(examples.length).toBeGreaterThanOrEqual(2);
    for (const example of examples) expect(parse(example)).toMatchObject({ ok: true });
  });
});

const snapshotOf = (files: Record<string, FileContent>): Snapshot => ({
  commit: "0".repeat(40),
  list: async () => [],
  read: async (path) => files[path] ?? null,
  grep: async () => [],
});

describe("loadConfig", () => {
  const text = (content: string): FileContent => ({ kind: "text", text: content });

  test("takes the first file there is", async () => {
    const files = {
      "archwright.yml": text("label: b"),
      ".github/archwright.yaml": text("label: a"),
    };
    const result = await loadConfig(snapshotOf(files));
    expect(result).toMatchObject({
      ok: true,
      value: { path: ".github/archwright.yaml", config: { label: "a" } },
    });
  });

  test("has defaults where there is none", async () => {
    const result = await loadConfig(snapshotOf({}));
    expect(result).toEqual({ ok: true, value: { path: null, config: configSchema.parse({}) } });
  });

  test("refuses a file that is not UTF-8", async () => {
    const result = await loadConfig(snapshotOf({ "archwright.yml": { kind: "binary", bytes: 9 } }));
    expect(result).toMatchObject({
      ok: false,
      failure: { reason: "config-invalid", path: "archwright.yml", line: 1, column: 1 },
    });
  });
});

test("the documents that rule the builder are protected wherever they lie", () => {
  const result = parse(
    "documents: {designs: plans, constraints: RULES.md}\npaths: {protected: [], extra: [db/**]}\n",
  );
  if (!result.ok) throw new Error("refused");
  expect(protectedPaths(result.value)).toEqual([
    "db/**",
    "plans/**",
    "RULES.md",
    ".archwright/COACHING.md",
  ]);
});
