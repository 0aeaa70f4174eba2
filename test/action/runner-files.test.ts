import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { openRunner, SUMMARY_BYTES } from "../../src/action/runner-files.ts";

let folder: string;
let printed: string;
const files = () => ({
  GITHUB_OUTPUT: join(folder, "output"),
  GITHUB_STEP_SUMMARY: join(folder, "page"),
});
const open = () =>
  openRunner(files(), (text) => {
    printed += text;
  });
const read = (name: string): string => readFileSync(join(folder, name), "utf8");
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "archwright-runner-files-"));
  printed = "";
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("an output of several lines is one output, whatever it holds", () => {
  open().output("work", "one\nEOF\nother=2\n");
  const [, delimiter] = /^work<<(\S+)\n/.exec(read("output")) ?? [];
  expect(delimiter).toMatch(/^archwright_[0-9a-f-]{36}$/);
  expect(read("output")).toBe(`work<<${delimiter}\none\nEOF\nother=2\n\n${delimiter}\n`);
});

test("two outputs have two delimiters", () => {
  const runner = open();
  runner.output("a", "1");
  runner.output("b", "2");
  expect(new Set(read("output").match(/archwright_[0-9a-f-]{36}/g)).size).toBe(2);
});

test("the page ends below what GitHub shows, and says so", () => {
  const runner = open();
  for (let index = 0; index < 30; index += 1) runner.summary("ä".repeat(50_000));
  expect(Buffer.byteLength(read("page"))).toBeLessThanOrEqual(SUMMARY_BYTES);
  expect(read("page")).toContain("The rest does not fit on this page");
  expect(read("page")).not.toContain("\uFFFD");
});

test("a masked value is in no way out, whole or by its lines", () => {
  const runner = open();
  runner.mask("hidden-value-of-the-token");
  printed = "";
  runner.log("it is hidden-value-of-the-token");
  runner.summary("hidden-value-of-the-token");
  runner.output("a", "x hidden-value-of-the-token");
  runner.annotate("error", "hidden-value-of-the-token");
  expect(printed + read("page") + read("output")).not.toContain("hidden-value");
});

test("a token of GitHub's new form is hidden without being told of", () => {
  const long = `ghs_12345_${"eyJh".repeat(60)}.${"abc-".repeat(40)}.${"x_9".repeat(60)}`;
  open().log(long);
  expect(printed).toBe("[redacted:github-token]\n");
});

test("what is logged is no command of the runner", () => {
  const runner = open();
  runner.log("first\n::set-output name=work::{}\r  ::add-mask::x\n##[group]y");
  expect(printed).not.toMatch(/^\s*(::|##\[)/m);
  runner.annotate("error", "one\n::warning::two");
  expect(printed).toContain("::error::one%0A::warning::two\n");
});
