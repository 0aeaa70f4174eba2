import { expect, test } from "@jest/globals";
import { findWorkInTitle } from "../../src/app/find-run-work.ts";

const work = { issue: 12, phase: "build", nonce: "a".repeat(64), head: "b".repeat(40) } as const;
const words = `Archwright build of issue 12 (${work.nonce} ${work.head})`;

test.each([
  ["in words, as the workflow of the examples names it", words],
  ["as the input itself, as earlier workflows did", `Archwright ${JSON.stringify(work)}`],
])("a run tells its work %s", (_, title) => {
  expect(findWorkInTitle(title)).toEqual(work);
});

test.each([
  "Archwright issue_comment",
  words.replace("build", "steal"),
  words.replace(work.nonce, "a".repeat(63)),
  `${words} and more`,
  'Archwright {"issue":12}',
  "Archwright {broken",
])("%s tells of none", (title) => {
  expect(findWorkInTitle(title)).toBeNull();
});
