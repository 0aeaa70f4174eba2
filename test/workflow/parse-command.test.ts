import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { CommandDefinition } from "../../src/workflow/command.ts";
import { commands } from "../../src/workflow/command-registry.ts";
import { parseCommand } from "../../src/workflow/parse-command.ts";
import { renderCommand } from "../../src/workflow/render-command.ts";

const parse = (comment: string) => parseCommand(comment, commands);

describe("what is not a command", () => {
  test.each([
    ["", "nothing"],
    ["Looks good to me.", "prose"],
    ["Please /approve 3f2a9c1", "in the middle of a line"],
    ["> /approve 3f2a9c1", "a quote"],
    ["    /approve 3f2a9c1", "indented code"],
    ["\t/approve 3f2a9c1", "a tab of code"],
    ["```\n/approve 3f2a9c1\n```", "a fence"],
    ["`/approve 3f2a9c1`", "inline code"],
    ["- /approve 3f2a9c1", "a list"],
    ["Sure.\n/approve 3f2a9c1", "the second line"],
    ["\n/approve 3f2a9c1", "an empty first line"],
    ["/usr/bin is a path", "a path"],
    ["/build/output is ignored", "a path that begins like ours"],
    ["/lgtm", "another bot's"],
    ["/assign @me", "another bot's, near /design"],
    ["/hold", "another bot's, near /help"],
    ["/preview", "another bot's, near /review"],
    ["/", "a slash"],
    ["// comment", "two slashes"],
    ["/ approve", "a slash alone"],
    ["<!-- /approve 3f2a9c1 -->", "a hidden comment"],
  ])("%j: %s", (comment) => {
    expect(parse(comment)).toEqual({ kind: "none" });
  });
});

describe("commands", () => {
  const none = {};
  test.each<[string, string, string[], Record<string, string | true>, string]>([
    ["/approve 3f2a9c1", "approve", ["3f2a9c1"], none, "3f2a9c1"],
    ["   /approve 3f2a9c1  ", "approve", ["3f2a9c1"], none, "3f2a9c1"],
    ["/Approve 3F2A9C1", "approve", ["3F2A9C1"], none, "3F2A9C1"],
    ["/archwright approve 3f2a9c1", "approve", ["3f2a9c1"], none, "3f2a9c1"],
    ["/archwright /status", "status", [], none, ""],
    ["/approve", "approve", [], none, ""],
    [
      "/approve 3f2a9c1 --unvalidated",
      "approve",
      ["3f2a9c1"],
      { unvalidated: true },
      "3f2a9c1 --unvalidated",
    ],
    [
      "/approve --unvalidated 3f2a9c1",
      "approve",
      ["3f2a9c1"],
      { unvalidated: true },
      "--unvalidated 3f2a9c1",
    ],
    [
      "/approve 3f2a9c1 —unvalidated",
      "approve",
      ["3f2a9c1"],
      { unvalidated: true },
      "3f2a9c1 —unvalidated",
    ],
    [
      "/design --as variant --assume",
      "design",
      [],
      { as: "variant", assume: true },
      "--as variant --assume",
    ],
    ["/design --as=variant", "design", [], { as: "variant" }, "--as=variant"],
    [
      `/answer 1 b 2 "500 tenants" 3 'it is "a"'`,
      "answer",
      ["1", "b", "2", "500 tenants", "3", 'it is "a"'],
      none,
      `1 b 2 "500 tenants" 3 'it is "a"'`,
    ],
    ["/answer 2 “500 tenants”", "answer", ["2", "500 tenants"], none, "2 “500 tenants”"],
    ['/dismiss AC-4 "say \\"no\\""', "dismiss", ["AC-4", 'say "no"'], none, 'AC-4 "say \\"no\\""'],
    [
      '/dismiss F-1 "why not" --spec="BUILD_02"',
      "dismiss",
      ["F-1", "why not"],
      { spec: "BUILD_02" },
      'F-1 "why not" --spec="BUILD_02"',
    ],
    ["/dismiss -- --odd why", "dismiss", ["--odd", "why"], none, "-- --odd why"],
    ["/refine don't use redis", "refine", ["don't", "use", "redis"], none, "don't use redis"],
    [
      "/refine drop --force 'tis bad",
      "refine",
      ["drop", "--force", "'tis", "bad"],
      none,
      "drop --force 'tis bad",
    ],
    ["/refine\r\nUse the base class.\r\n", "refine", [], none, "Use the base class."],
    ["/refine smaller\n\n- no table", "refine", ["smaller"], none, "smaller\n\n- no table"],
    ["/cancel\nSorry, plans changed.", "cancel", [], none, "Sorry, plans changed."],
  ])("%j", (comment, name, positional, options, rest) => {
    const command = { name, positional, options, rest };
    expect(parse(comment)).toEqual({ kind: "command", command });
  });
});

describe("refusals", () => {
  test.each<[string, string, string, string | null]>([
    ["/aprove 3f2a9c1", "aprove", "unknown-command", "/approve"],
    ["/approve: 3f2a9c1", "approve:", "unknown-command", "/approve"],
    ["/biuld", "biuld", "unknown-command", "/build"],
    ["/archwright foo", "foo", "unknown-command", "/fix"],
    ["/fixx the name", "fixx", "unknown-command", "/fix"],
    ["/archwright desing", "desing", "unknown-command", "/design"],
    ["/archwright", "", "unknown-command", "/help"],
    ["/archwright constructor", "constructor", "unknown-command", null],
    ["/approve 3f2a9c1 --unvalidatet", "approve", "bad-arguments", "--unvalidated"],
    ["/approve 3f2a9c1 --unvalidated=yes", "approve", "bad-arguments", "--unvalidated"],
    ["/approve 3f2a9c1 thanks", "approve", "bad-arguments", "/approve <hash> [--unvalidated]"],
    ["/design --as", "design", "bad-arguments", "/design [--assume] [--as <exploration>]"],
    ["/design --as --assume", "design", "bad-arguments", "/design [--assume] [--as <exploration>]"],
    ["/design --as a --as b", "design", "bad-arguments", "/design [--assume] [--as <exploration>]"],
    ["/design --__proto__ x", "design", "bad-arguments", null],
    ['/dismiss AC-1 "open', "dismiss", "bad-arguments", null],
    ["/refine", "refine", "bad-arguments", "/refine <what should change>"],
    ["/select", "select", "bad-arguments", "/select <exploration>"],
    [`/build ${"x".repeat(9_000)}`, "build", "bad-arguments", "/build [spec]"],
  ])("%j", (comment, name, reason, suggestion) => {
    const parsed = parse(comment);
    expect(parsed).toMatchObject({ kind: "refused", name, reason });
    if (parsed.kind !== "refused") throw new Error("not refused");
    expect(parsed.detail).not.toBe("");
    if (suggestion !== null) expect(parsed.suggestion).toBe(suggestion);
  });
});

test("a command that somebody adds to the registry is parsed like ours", () => {
  const coach: CommandDefinition = {
    name: "coach",
    summary: "Learn",
    usage: "/coach <words>",
    role: "write",
    options: [],
    arguments: { least: 1, most: 2 },
  };
  expect(parseCommand("/coach a b", [...commands, coach])).toMatchObject({
    kind: "command",
    command: { name: "coach", positional: ["a", "b"] },
  });
  expect(parseCommand("/coach a b", commands)).toEqual({ kind: "none" });
});

const sample = Number(process.env.ARCHWRIGHT_RUNS ?? 2_000);
const marks = fc.constantFrom(..."/ \t\n\r\"'`“”‘’—\\-=><abcdesignapprovehelp0129#@\u00a0\u2028");
const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: marks, maxLength: 60 }));

describe("properties", () => {
  test("no text throws, and what is a command keeps within its definition", () => {
    const holds = fc.property(
      anyText,
      fc.constantFrom("", "/", "/archwright ", "/dismiss "),
      (text, start) => {
        const parsed = parse(start + text);
        if (parsed.kind !== "command") return;
        const { name, positional, options } = parsed.command;
        const definition = commands.find((known) => known.name === name);
        expect(definition).toBeDefined();
        expect(positional.length).toBeLessThanOrEqual(definition?.arguments.most ?? 0);
        expect(Object.keys(options).filter((o) => !definition?.options.includes(o))).toEqual([]);
      },
    );
    fc.assert(holds, { numRuns: sample, seed: 1 });
  });

  const word = fc.oneof(fc.string({ unit: marks, maxLength: 12 }), fc.string({ unit: "grapheme" }));
  const written = fc.record({
    positional: fc.array(word, { minLength: 2, maxLength: 4 }),
    options: fc.record(
      { to: word, all: fc.constant<true>(true), "dry-run": fc.constant<true>(true) },
      { requiredKeys: [] },
    ),
  });
  const any: CommandDefinition = {
    name: "any",
    summary: "",
    usage: "",
    role: "none",
    options: ["to", "all", "dry-run"],
    flags: ["all", "dry-run"],
    arguments: { least: 0, most: 9 },
  };

  test("a rendered command is read back as it was", () => {
    const holds = fc.property(written, ({ positional, options }) => {
      const line = renderCommand({ name: "any", positional, options });
      const rest = line.slice("/any".length).trim();
      const command = { name: "any", positional, options, rest };
      expect(parseCommand(line, [any])).toEqual({ kind: "command", command });
    });
    fc.assert(holds, { numRuns: sample, seed: 2 });
  });

  test.each(['"', "'", "/", "--a=", "“", "\\", "a ", "/archwright "])(
    "60,000 characters of %j take no time",
    (piece) => {
      const started = process.hrtime.bigint();
      for (const start of ["", "/answer ", "/dismiss x ", "/archwright ", "/x"]) {
        parse(start + piece.repeat(60_000 / piece.length));
      }
      expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(500);
    },
  );
});
