import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { parseHunks } from "../../../src/forge/github/parse-hunks.ts";
import { placeAnchors, renderRest } from "../../../src/forge/github/place-anchors.ts";

let folder = "";
const git = (...words: string[]): string =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", ...words], {
    cwd: folder,
    encoding: "utf8",
  });
const lines = (many: number, changed: readonly number[] = []): string =>
  Array.from(
    { length: many },
    (_, at) => `line ${at + 1}${changed.includes(at + 1) ? "!" : ""}\n`,
  ).join("");

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "archwright-hunks-"));
  git("init", "-q");
  writeFileSync(join(folder, "a.txt"), lines(40));
  writeFileSync(join(folder, "gone.txt"), "x\n");
  writeFileSync(join(folder, "plus.txt"), "++ b/evil.txt\nsecond\n");
  git("add", ".");
  git("commit", "-qm", "one");
  writeFileSync(join(folder, "a.txt"), lines(40, [5, 30]));
  writeFileSync(join(folder, 'wëird "name".txt'), "new\nnew");
  writeFileSync(join(folder, "plus.txt"), "++ b/other.txt\n-- x\n@@ -1 +99,9 @@\nsecond\n");
  rmSync(join(folder, "gone.txt"));
  git("add", ".");
  git("commit", "-qm", "two");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hunks = () => parseHunks(git("diff", "HEAD^", "HEAD"));

test("hunks of a real diff, with odd names, removed files and text that looks like a diff", () => {
  expect([...hunks()]).toEqual([
    [
      "a.txt",
      [
        { start: 2, end: 8 },
        { start: 27, end: 33 },
      ],
    ],
    ["plus.txt", [{ start: 1, end: 4 }]],
    ['wëird "name".txt', [{ start: 1, end: 2 }]],
  ]);
});

test("a diff that was cut counts only for what is there", () => {
  const diff = git("diff", "HEAD^", "HEAD");
  const cut = `${diff.slice(0, diff.indexOf(" line 4"))}[diff cut at 100 bytes]\n`;
  expect(parseHunks(cut).get("a.txt")).toEqual([{ start: 2, end: 3 }]);
});

const anchor = (path: string, line: number, endLine: number | null = null) => ({
  ...{ path, line, endLine, markdown: "words" },
});

test("remarks stand at lines of the diff, all others in the body", () => {
  const placed = placeAnchors(
    [
      anchor("a.txt", 5),
      anchor("a.txt", 27, 30),
      anchor("a.txt", 7, 20),
      anchor("a.txt", 15),
      anchor("gone.txt", 1),
      anchor("no.txt", 1, 3),
    ],
    hunks(),
  );
  expect(placed.inline.map(({ line, start_line }) => [start_line, line])).toEqual([
    [undefined, 5],
    [27, 30],
    [undefined, 7],
  ]);
  const body = renderRest(placed.rest);
  for (const shown of ["Not on changed lines", "`a.txt:15`", "`gone.txt:1`", "`no.txt:1-3`"])
    expect(body).toContain(shown);
  expect(renderRest([])).toBe("");
});
