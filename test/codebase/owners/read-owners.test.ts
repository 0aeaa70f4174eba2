import { expect, test } from "@jest/globals";
import { readOwners } from "../../../src/codebase/owners/read-owners.ts";

test.each<[string, string, readonly (readonly [string, string])[]]>([
  [
    "a star is everything, hidden files too",
    "* @all",
    [
      ["a/b.ts", "@all"],
      [".github/x.yml", "@all"],
      ["top", "@all"],
    ],
  ],
  [
    "the last line that matches counts",
    "* @all\n*.js @js @org/web",
    [
      ["a/b.js", "@js @org/web"],
      ["a/b.ts", "@all"],
    ],
  ],
  [
    "a last line without owners means nobody",
    "/apps/ @all\n/apps/github",
    [
      ["apps/x.ts", "@all"],
      ["apps/github/x.ts", ""],
    ],
  ],
  [
    "a slash before holds it to the root",
    "/build/ @b",
    [
      ["build/x/y.log", "@b"],
      ["a/build/x.log", ""],
      ["build", ""],
    ],
  ],
  [
    "a folder without a slash before is found at any depth",
    "apps/ @a",
    [
      ["apps/x", "@a"],
      ["deep/apps/y/z", "@a"],
    ],
  ],
  [
    "a star of a folder has only what lies directly in it",
    "docs/* @d",
    [
      ["docs/a.md", "@d"],
      ["docs/build/a.md", ""],
      ["x/docs/a.md", ""],
    ],
  ],
  [
    "a slash inside holds it to the root",
    "src/core @c",
    [
      ["src/core/a.ts", "@c"],
      ["src/core", "@c"],
      ["x/src/core/a.ts", ""],
    ],
  ],
  [
    "two stars are any depth",
    "**/logs @l\n/lib/**/test.js @t",
    [
      ["logs/a", "@l"],
      ["x/y/logs/a/b", "@l"],
      ["lib/test.js", "@t"],
      ["lib/a/b/test.js", "@t"],
    ],
  ],
  [
    "comments, of a line and behind one",
    "# @no\n*.go @go # the team\n   \n",
    [
      ["a.go", "@go"],
      ["# @no", ""],
    ],
  ],
  ["an address owns too", "*.md docs@example.org", [["a.md", "docs@example.org"]]],
  ["a backslash keeps a space", "/with\\ space/ @s", [["with space/a", "@s"]]],
  [
    "what GitHub calls invalid is passed over: negation, ranges, sections, owners that are none",
    "* @all\n!a.ts @x\n[ab].ts @x\n[Section] @x\n*.ts nobody\n*.js @a/b/c",
    [
      ["a.ts", "@all"],
      ["!a.ts", "@all"],
      ["a.js", "@all"],
    ],
  ],
  [
    "braces and brackets of a shell are plain characters",
    "*.{js,ts} @x\n+(a) @y",
    [
      ["a.js", ""],
      ["a", ""],
    ],
  ],
  [
    "case counts",
    "README.md @r",
    [
      ["README.md", "@r"],
      ["readme.md", ""],
    ],
  ],
  [
    "Windows line ends and a byte-order mark",
    "\uFEFF* @a\r\n*.c @c\r\n",
    [
      ["x", "@a"],
      ["x.c", "@c"],
    ],
  ],
])("%s", (_name, text, expected) => {
  const ownersOf = readOwners(text);
  expect(expected.map(([path]) => [path, ownersOf(path).join(" ")])).toEqual(expected);
});

test("nobody owns anything without a file, or with one that GitHub would not load", () => {
  expect(readOwners(null)("a")).toEqual([]);
  expect(readOwners(`* @a\n${"#".repeat(3_000_001)}`)("a")).toEqual([]);
});

test("a pattern made to take for ever takes no time", () => {
  const ownersOf = readOwners(`${"*a".repeat(40)}b @x\n* @y`);
  const start = process.cpuUsage();
  expect(ownersOf("a".repeat(200))).toEqual(["@y"]);
  expect(process.cpuUsage(start).user / 1e6).toBeLessThan(1);
});
