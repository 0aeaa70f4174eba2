import { expect, test } from "@jest/globals";
import { listSessions } from "../../src/claims/list-sessions.ts";
import { listTargets } from "../../src/claims/list-targets.ts";
import type { Codebase } from "../../src/codebase/codebase.ts";

const holding = (files: Readonly<Record<string, string>>): Codebase =>
  ({
    file: (path: string) => (Object.hasOwn(files, path) ? {} : null),
    text: async (path: string) => files[path] ?? null,
  }) as unknown as Codebase;

const namesOf = (found: { named: readonly { name: string }[] } | null): string[] =>
  found?.named.map(({ name }) => name) ?? [];

test("braces stand for as many names as people write, and not for two to the fortieth", async () => {
  const list = `py{39,310}-{a,b}, lint\n  py3{9-11} ${"{a,b}-".repeat(40)}c`;
  const found = await listSessions(holding({ "tox.ini": `[tox]\nenvlist = ${list}\n` }), "tox");
  expect(namesOf(found)).toEqual("py39-a py39-b py310-a py310-b lint py39 py310 py311".split(" "));
});

test("a brace that never opens, behind white space without end, ends all the same", async () => {
  const tox = `[tox]\nenvlist = a${" ".repeat(60_000)}}\n`;
  expect(namesOf(await listSessions(holding({ "tox.ini": tox }), "tox"))).toEqual(["a"]);
});

test("files that include each other are read once, and leave nothing open", async () => {
  const files = {
    Makefile: `${"include more.mk\n".repeat(500)}build:\n`,
    "more.mk": `${"include Makefile\n".repeat(500)}lint:\n`,
  };
  const found = await listTargets(holding(files), "make");
  expect(namesOf(found)).toEqual(["build", "lint"]);
  expect(found?.mayHave("deploy")).toBe(false);
});

test("a line longer than people write is not looked at", async () => {
  const makefile = `${" ".repeat(50_000)}x:\nbuild:\n`;
  expect(namesOf(await listTargets(holding({ Makefile: makefile }), "make"))).toEqual(["build"]);
});
