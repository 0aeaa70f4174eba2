import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { checkPath, checkShape, defaultProtectedPaths } from "../../src/workspace/check-path.ts";

const policy = { protectedPaths: defaultProtectedPaths, allow: [] as string[] };

const ruleOf = (path: string, allow: string[] = []) => {
  const result = checkPath(path, { ...policy, allow });
  if (result.ok) return null;
  return result.failure.reason === "path-refused" ? result.failure.rule : result.failure.reason;
};

describe("checkPath", () => {
  test.each([
    "a.ts",
    "src/a b.ts",
    "src/ünïcode/日本語.ts",
    ".gitignore",
    ".eslintrc",
    "a/.env.example",
    "git/x",
    ".gitkeep",
    "src/..a",
    "a..b",
    "...",
    "docs/design.md",
    "GIT~",
    "a'b",
    "ab:y",
    "foo.git/x",
    "a/…/b",
    "-rf",
    "~/a",
    "$HOME/a",
  ])("takes %j", (path) => {
    expect(ruleOf(path)).toBeNull();
  });

  test.each([
    ["", "empty"],
    ["/etc/passwd", "absolute"],
    ["C:/x", "absolute"],
    ["c:x", "absolute"],
    ["../x", "the part .."],
    ["a/../../x", "the part .."],
    ["a/..", "the part .."],
    ["./a", "the part ."],
    ["a//b", "empty part"],
    ["a/", "empty part"],
    ["a\\b", "backslash"],
    ["..\\x", "backslash"],
    ["a\0b", "control"],
    ["a\nb", "control"],
    ["a\u001b[0m", "control"],
    ["a\u0085b", "control"],
    ['"a"', "quotation mark"],
    ["\ud800", "Unicode"],
    ["a".repeat(1001), "longer than 1000"],
    [`${"é".repeat(200)}`, "longer than 255 bytes"],
    [".git", "git's own data"],
    [".git/config", "git's own data"],
    [".GIT/hooks/x", "git's own data"],
    ["sub/.Git/config", "git's own data"],
    [".git /config", "git's own data"],
    [".git./config", "git's own data"],
    [".git...", "git's own data"],
    [".git::$INDEX_ALLOCATION/config", "git's own data"],
    [".git:x", "git's own data"],
    ["GIT~1", "git's own data"],
    ["git~1/config", "git's own data"],
    ["a/GIT~2/x", "git's own data"],
    ["．git/config", "git's own data"],
    [".ｇｉｔ/config", "git's own data"],
    [".g\u200cit/config", "invisible"],
    [".git\u200b/config", "invisible"],
    ["\ufeff.git", "invisible"],
    ["a\u202eb", "invisible"],
    [".github/workflows/ci.yml", ".github/**"],
    [".GitHub/workflows/ci.yml", ".github/**"],
    [".github/dependabot.yml", ".github/**"],
    ["sub/.github/workflows/x.yml", "workflows"],
    ["CODEOWNERS", "CODEOWNERS"],
    ["docs/codeowners", "CODEOWNERS"],
    [".npmrc", ".npmrc"],
    ["packages/a/.npmrc", ".npmrc"],
    [".gitattributes", ".gitattributes"],
    ["a/.gitattributes", ".gitattributes"],
    [".gitmodules", ".gitmodules"],
    ["archwright.yml", "archwright.yml"],
    ["docs/designs/1-x/design.md", "docs/designs/**"],
  ])("refuses %j", (path, words) => {
    expect(ruleOf(path)).toContain(words);
  });

  test("opens what the caller owns, and nothing that git owns", () => {
    expect(ruleOf("docs/designs/1-x/design.md", ["docs/designs/**"])).toBeNull();
    expect(ruleOf("Docs/Designs/x.md", ["docs/designs/**"])).toContain("protected");
    expect(ruleOf(".git/config", ["**"])).toContain("git's own data");
    expect(ruleOf("../x", ["**"])).toContain("the part ..");
  });

  test("a refusal prints on one line", () => {
    const result = checkShape("a\n\u001b[31m\u202eb");
    expect(result).toMatchObject({ failure: { path: "a\\n\\u001b[31m\\u202eb" } });
  });

  test("what is taken never leads out of the root or into git's data", () => {
    const part = fc.oneof(
      fc.constantFrom("..", ".", ".git", ".GIT", "git~1", "a", "b.ts", "", ".git.", "\\", "\u200d"),
      fc.string({ unit: "grapheme", maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
        const path = parts.join("/");
        if (!checkPath(path, { protectedPaths: [], allow: [] }).ok) return;
        const { pathname } = new URL(
          `file:///root/${path.split("/").map(encodeURIComponent).join("/")}`,
        );
        expect(pathname.startsWith("/root/")).toBe(true);
        expect(path.toLowerCase().split("/")).not.toContain(".git");
      }),
      { numRuns: 2_000 },
    );
  });
});
