import { describe, expect, test } from "@jest/globals";
import { maxNesting, maxPipes, maxRun } from "../../src/documents/find-unreadable.ts";
import { parseBuildSpec } from "../../src/documents/parse-build-spec.ts";

const head = "# BUILD_01: x\n\n## Objective\n\n";
const repeat = (unit: string, size: number): string =>
  head + unit.repeat(Math.ceil(size / unit.length));
const fiveMegabytes = 5_000_000;

const deepening = Array.from({ length: 1500 }, (_, depth) => `${" ".repeat(2 * depth)}- a\n`).join(
  "",
);

/** Refused before Markdown sees it, however long it is. */
const refused: [string, string, string][] = [
  ["nested quotes", repeat(">", fiveMegabytes), `nested deeper than ${maxNesting}`],
  ["nested bullets", repeat("- ", fiveMegabytes), `nested deeper than ${maxNesting}`],
  ["nested numbers", repeat("1. ", fiveMegabytes), `nested deeper than ${maxNesting}`],
  ["bullets line by line", head + deepening, `nested deeper than ${maxNesting}`],
  ["setext headings", repeat("a\n-\n", fiveMegabytes), `more than ${maxRun} lines`],
  ["lazy quote", `${head}> a\n${"a\n".repeat(fiveMegabytes / 2)}`, `more than ${maxRun} lines`],
  ["open fences", repeat("```a`\n", fiveMegabytes), `more than ${maxRun} lines`],
  ["definitions", repeat("[a]: b\n", fiveMegabytes), `more than ${maxRun} lines`],
  ["giant table", repeat("| a | b |\n", fiveMegabytes), `more than ${maxRun} lines`],
  ["blank lines", repeat("\n", fiveMegabytes), `more than ${maxRun} lines`],
  ["giant row", repeat("|a", fiveMegabytes), `more than ${maxPipes} pipes`],
  ["length", repeat("word ", 17_000_000), "longer than"],
];

/** Read, because inline marks are never interpreted: the whole of it is one text. */
const read: [string, string][] = [
  ["brackets", "["],
  ["images", "![](<"],
  ["backticks", "` `` "],
  ["emphasis", "*a _b **c "],
  ["entities", "&amp"],
  ["tags", "<a "],
  ["addresses", "www.a.b.c http://a.b a@b.c "],
  ["one line", "a"],
];

describe("hostile input", () => {
  test.each(refused)("%s are refused", (_, markdown, message) => {
    const parsed = parseBuildSpec(markdown);
    if (parsed.ok) throw new Error("read");
    expect(parsed.faults).toHaveLength(1);
    expect(parsed.faults[0]?.message).toContain(message);
  });

  test.each(read)("%s are read as text", (_, unit) => {
    const parsed = parseBuildSpec(repeat(unit, 100_000));
    if (parsed.ok) throw new Error("nothing is missing");
    expect(parsed.faults.every((fault) => fault.message.startsWith("missing section"))).toBe(true);
  });
});

describe("time grows with the length", () => {
  const units: [string, string][] = [
    ["bullets", "- a bullet of a few words with `code`\n"],
    ["paragraphs", "Some words in a line of prose.\nMore of them.\n\n"],
    ["headings", "## Another\n\ntext\n\n"],
    [
      "files",
      "- modify `a.ts`: x\n  - before:\n    ```\n    a\n    ```\n  - after:\n    ```\n    b\n    ```\n",
    ],
  ];

  // Processor time, not the clock: other work on the machine must not decide. Quadratic would be 64.
  test.each(units)("%s: eight times the input takes less than 24 times as long", (_, unit) => {
    const spend = (size: number): number => {
      const markdown = repeat(unit, size);
      const before = process.cpuUsage();
      parseBuildSpec(markdown);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    spend(20_000);
    const small = Math.min(spend(25_000), spend(25_000), spend(25_000));
    expect(spend(200_000) / Math.max(small, 10_000)).toBeLessThan(24);
  });
});
