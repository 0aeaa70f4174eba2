import { describe, expect, test } from "@jest/globals";
import { findBaseClasses } from "../../../src/codebase/conventions/find-base-classes.ts";
import { type Given, givenCodebase } from "./given-codebase.ts";

const found = (given: Given) =>
  findBaseClasses(givenCodebase(given)).map(
    ({ name, path, line, subclasses }) =>
      `${name} ${path}:${line} < ${subclasses.map((each) => each.name).join(" ")}`,
  );
const classOf = (name: string, ...bases: string[]) => ({ symbols: [{ name, bases }] });

describe("findBaseClasses", () => {
  test.each<[string, Given, string[]]>([
    [
      "those with most subclasses first",
      {
        files: {
          "a.py": {
            symbols: [
              { name: "Small", line: 1 },
              { name: "Big", line: 5 },
              { name: "X", line: 9, bases: ["Small"] },
              { name: "Y", line: 11, bases: ["Big"] },
              { name: "Z", line: 13, bases: ["Big", "Small", "Big"] },
              { name: "W", line: 15, bases: ["Big"] },
            ],
          },
        },
      },
      ["Big a.py:5 < Y Z W", "Small a.py:1 < X Z"],
    ],
    [
      "through an import, and through a file that hands it on",
      {
        files: {
          "c/__init__.py": {},
          "c/base.py": classOf("Base"),
          "c/a.py": classOf("A", "Base"),
          "d/b.py": classOf("B", "base.Base"),
          "e/c.py": classOf("C", "Base"),
        },
        edges: [
          { from: "c/a.py", to: "c/base.py", names: ["Base"] },
          { from: "d/b.py", to: "c/base.py", names: ["base"] },
          { from: "e/c.py", to: "c/__init__.py", names: ["Base"] },
          { from: "c/__init__.py", to: "c/base.py", names: ["Base"] },
        ],
      },
      ["Base c/base.py:1 < A B C"],
    ],
    [
      "a name that no import brings in comes from outside",
      { files: { "errors.ts": classOf("Error"), "own.ts": classOf("NotFound", "Error") } },
      [],
    ],
    [
      "two of one name are told apart by the import",
      {
        files: {
          "a/base.ts": classOf("Base"),
          "b/base.ts": classOf("Base"),
          "b/x.ts": classOf("X", "Base"),
        },
        edges: [{ from: "b/x.ts", to: "b/base.ts", names: ["Base"] }],
      },
      ["Base b/base.ts:1 < X"],
    ],
    [
      "where the language needs no import, the neighbour is meant",
      {
        files: {
          "x/Base.java": classOf("Base"),
          "y/Base.java": classOf("Base"),
          "y/Own.java": classOf("Own", "Base"),
          "z/base.rb": classOf("Other"),
          "z/own.rb": classOf("Mine", "Other"),
        },
      },
      ["Base y/Base.java:1 < Own", "Other z/base.rb:1 < Mine"],
    ],
    [
      "a class is no base of itself, and vendored ones are none of ours",
      {
        files: {
          "a.rb": classOf("User", "User"),
          "vendor/b.rb": { ...classOf("Lib"), role: "vendored" },
          "c.rb": classOf("C", "Lib"),
        },
      },
      [],
    ],
  ])("%s", (_name, given, expected) => {
    expect(found(given)).toEqual(expected);
  });

  test("members: abstract ones first, then what subclasses give, then the rest", () => {
    const member = (name: string, line: number, owner: string, signature = "") => ({
      name,
      line,
      owner,
      signature,
      kind: "method" as const,
    });
    const given: Given = {
      files: {
        "base.ts": {
          symbols: [
            { name: "Base", line: 1, endLine: 9, signature: "abstract class Base" },
            member("constructor", 2, "Base"),
            member("rest", 3, "Base"),
            member("given", 4, "Base"),
            member("must", 5, "Base", "protected abstract must(): void"),
            { name: "Own", line: 11, endLine: 14, bases: ["Base"] },
            member("must", 12, "Own"),
            member("given", 13, "Own"),
          ],
        },
      },
    };
    expect(findBaseClasses(givenCodebase(given))).toEqual([
      {
        name: "Base",
        path: "base.ts",
        line: 1,
        signature: "abstract class Base",
        members: ["must", "given", "rest"],
        subclasses: [{ name: "Own", path: "base.ts", line: 11 }],
      },
    ]);
  });
});
