import { expect, test } from "@jest/globals";
import { openRunner } from "../../src/action/runner-files.ts";

// What the runner does with a line of the log (actions/runner, `ActionCommand`): a command of the first form may stand anywhere in the
// line, one of the second form at its beginning after blanks as .NET counts them.
const blanks = /^[\s\u0085]+/;
const isCommand = (line: string): boolean =>
  /##\[[\w-]+(\s[^\]]*)?\]/.test(line) || /^::[\w-]+(\s.*?)?::/.test(line.replace(blanks, ""));

const attacks = [
  'refused. there is no command /x ##[set-output name=work]{"issue":1}',
  "##[add-mask]a",
  "  ##[add-matcher]/tmp/matcher.json",
  "::set-output name=work::x",
  "\u0085::set-output name=work::x",
  "\u0085\u00a0 \u2028::add-mask::the",
  "a line\r::stop-commands::token",
  "a line\n\u0085::save-state name=a::b",
];

test.each(attacks)("a log line with %j is no command of the runner", (text) => {
  let printed = "";
  const runner = openRunner({}, (written) => {
    printed += written;
  });
  runner.log(text);
  expect(printed.split(/\r\n|\r|\n/).filter(isCommand)).toEqual([]);
});

test.each(attacks)("an annotation with %j is one command, our own", (text) => {
  let printed = "";
  const runner = openRunner({}, (written) => {
    printed += written;
  });
  runner.annotate("error", text);
  expect(printed.trimEnd().split(/\r\n|\r|\n/)).toHaveLength(1);
  expect(printed.startsWith("::error::")).toBe(true);
});
