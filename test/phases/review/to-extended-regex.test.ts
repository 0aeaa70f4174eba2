import { describe, expect, test } from "@jest/globals";
import { toExtendedRegex } from "../../../src/phases/review/to-extended-regex.ts";

describe("the pattern of an absence query", () => {
  test.each([
    ["console\\.log", "console\\.log"],
    ["eval\\s*\\(", "eval[[:space:]]*\\("],
    ["port[\\d-]+", "port[0-9-]+"],
    ["(?:TODO|FIXME)", "(TODO|FIXME)"],
    ["import\\W+os", "import[^[:alnum:]_]+os"],
  ])("%s is searched as %s", (pattern, expected) => {
    expect(toExtendedRegex(pattern)).toBe(expected);
  });

  test.each([
    ["is empty", ""],
    ["matches everything", ".*"],
    ["matches the empty text", "(console)?"],
    ["is about nothing", "a"],
    ["does not compile", "console("],
    ["looks ahead", "console(?=\\.log)"],
    ["is lazy", "console.*?log"],
    ["has an escape of another syntax", "console\\p{L}"],
    ["has an escape that no tool shares", "\\x63onsole"],
    ["spans lines", "console\nlog"],
  ])("is refused when it %s", (_why, pattern) => {
    expect(toExtendedRegex(pattern)).toBeNull();
  });
});
