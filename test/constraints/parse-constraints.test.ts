import { expect, test } from "@jest/globals";
import { parseConstraints } from "../../src/constraints/parse-constraints.ts";

const parse = (text: string) =>
  parseConstraints(text).map(({ id, line, text: words, heading, provenance }) =>
    [id, line, words, heading, provenance].join("|"),
  );

test.each<[string, string, string[]]>([
  [
    "bullets of all marks",
    "- a\n* b\n+ c\n1. d\n2) e\n",
    ["K-1|1|a||", "K-2|2|b||", "K-3|3|c||", "K-4|4|d||", "K-5|5|e||"],
  ],
  [
    "a line that goes on",
    "- one\n  two\nthree\n\nA paragraph is no rule.\n",
    ["K-1|1|one two three||"],
  ],
  ["a nested bullet is one of its own", "- a\n  - b\n", ["K-1|1|a||", "K-2|2|b||"]],
  ["the heading above", "# Constraints\n\n## Writes\n\n- a\n", ["K-1|5|a|Writes|"]],
  [
    "where it comes from",
    "- a <!-- from #12, #15 -->\n- b\n  <!-- source: review of #3 -->\n",
    ["K-1|1|a||#12, #15", "K-2|2|b||review of #3"],
  ],
  ["an empty bullet says nothing", "- \n- a\n-\n", ["K-1|2|a||"]],
  ["a fence says nothing by itself", "```\n- a\n```\n- b\n", ["K-1|4|b||"]],
  [
    "a document without bullets: its paragraphs",
    "# Rules\n\nNever import x.\n\nUse y.\n",
    ["K-1|3|Never import x.|Rules|", "K-2|5|Use y.|Rules|"],
  ],
  ["a check box is a bullet", "- [x] a\n", ["K-1|1|a||"]],
  ["line ends of Windows", "- a\r\n- b\r\n", ["K-1|1|a||", "K-2|2|b||"]],
  ["nothing", "", []],
])("%s", (_name, text, expected) => {
  expect(parse(text)).toEqual(expected);
});
