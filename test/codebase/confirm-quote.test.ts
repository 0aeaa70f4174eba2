import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { confirmQuote } from "../../src/codebase/confirm-quote.ts";

const file = [
  "class BaseCollector(ABC):",
  "    @abstractmethod",
  "    async def collect(self) -> List[Signal]:",
  "        pass",
  "",
  "    def close(self):",
  "        pass",
  "",
].join("\n");

const at = (startLine: number, endLine: number, quote: string) =>
  confirmQuote(file, { startLine, endLine, quote });

describe("confirmQuote", () => {
  test.each([
    [
      "the lines themselves",
      1,
      2,
      "class BaseCollector(ABC):\n    @abstractmethod",
      1,
      2,
      true,
      false,
    ],
    ["a part of a line", 3, 3, "def collect(self)", 3, 3, true, false],
    ["within a larger range", 1, 7, "def close(self):", 6, 6, true, false],
    ["off by lines", 1, 1, "async def collect(self)", 3, 3, true, true],
    ["other indentation", 6, 7, "def close(self):\n  pass", 6, 7, false, false],
    ["one line for two", 2, 3, "@abstractmethod async def collect(self)", 2, 3, false, false],
    ["CRLF", 6, 7, "def close(self):\r\n        pass\r\n", 6, 7, true, false],
    ["with line numbers", 6, 7, "6 |     def close(self):\n7 |         pass", 6, 7, true, false],
    ["lines that are nonsense", -5, 0, "def close(self):", 6, 6, true, true],
    ["the named one of two", 7, 7, "pass", 7, 7, true, false],
  ])("%s", (_name, start, end, quote, startLine, endLine, exact, moved) => {
    expect(at(start, end, quote)).toMatchObject({ startLine, endLine, exact, moved });
  });

  test.each([
    ["not there", "class ConsumptionCollector(ABC):"],
    ["empty", " \n "],
    ["other case", "class basecollector(abc):"],
    ["too short to mean another line", "pass"],
  ])("refuses what is %s", (_name, quote) => {
    expect(at(1, 1, quote)).toBeNull();
  });

  test.each([
    ["lies over another", ["b", "b", "b", ""], 2, "b\nb"],
    ["comes after a thousand others", [...Array(1_500).fill("}"), "x"], 1_400, "}"],
    ["lies over another, with other white space", ["b", "b", "b", ""], 2, "b  b"],
  ])("a quote that %s is confirmed where it was named", (_name, lines, line, quote) => {
    const evidence = { startLine: line, endLine: line + quote.split(/\s+/).length - 1, quote };
    expect(confirmQuote(lines.join("\n"), evidence)).toMatchObject({
      startLine: evidence.startLine,
      moved: false,
    });
  });

  test("every run of lines of a file is confirmed where it stands", () => {
    const line = fc.string({ unit: fc.constantFrom("a", "b", " ", "(", "\t"), maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 12 }),
        fc.nat(11),
        fc.nat(3),
        (lines, from, more) => {
          const start = from % lines.length;
          const end = Math.min(lines.length - 1, start + more);
          const quote = lines.slice(start, end + 1).join("\n");
          const found = confirmQuote(lines.join("\n"), {
            startLine: start + 1,
            endLine: end + 1,
            quote,
          });
          if (quote.trim() === "") expect(found).toBeNull();
          else expect(found).toMatchObject({ exact: true, moved: false });
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("a large file is searched in linear time", () => {
    const large = "a a\n".repeat(500_000);
    const started = performance.now();
    confirmQuote(large, { startLine: 1, endLine: 1, quote: "a  a\na a" });
    confirmQuote(large, { startLine: 1, endLine: 1, quote: "b" });
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
