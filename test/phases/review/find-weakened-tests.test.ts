import { describe, expect, test } from "@jest/globals";
import { findNeutralisedRunners } from "../../../src/phases/review/find-neutralised-runners.ts";
import { findWeakenedTests } from "../../../src/phases/review/find-weakened-tests.ts";

const two = `
import { expect, test } from "vitest";
test("adds", () => { expect(add(1, 2)).toBe(3); });
test("adds none", () => { expect(add()).toEqual(0); });
`;

const kinds = (path: string, before: string | null, after: string | null) =>
  findWeakenedTests([{ path, before, after }]).map(({ kind }) => kind);

describe("a weakened test", () => {
  test.each<[string, string, string | null, string | null, string[]]>([
    ["a file that is gone", "a.test.ts", two, null, ["deleted"]],
    ["one case less", "a.test.ts", two, two.replace(/test\("adds none.*\n/, ""), ["fewer-cases"]],
    [
      "a case commented out",
      "a.test.ts",
      two,
      two.replace('test("adds none', '// test("adds none'),
      ["fewer-cases"],
    ],
    [
      "a case in a block comment",
      "a.test.ts",
      two,
      two.replace(/(test\("adds none.*)/, "/* $1 */"),
      ["fewer-cases"],
    ],
    [
      "one assertion less",
      "a.test.ts",
      two,
      two.replace("expect(add()).toEqual(0);", "add();"),
      ["fewer-assertions"],
    ],
    [
      "a skipped case",
      "a.test.ts",
      two,
      two.replace('test("adds none', 'test.skip("adds none'),
      ["skipped"],
    ],
    [
      "xit",
      "a.spec.js",
      "it('a', () => { expect(1).toBe(x); })",
      "xit('a', () => { expect(1).toBe(x); })",
      ["skipped"],
    ],
    [
      "a case singled out",
      "a.test.ts",
      two,
      two.replace('test("adds"', 'test.only("adds"'),
      ["only"],
    ],
    [
      "an assertion that always holds",
      "a.test.ts",
      two,
      two.replace("expect(add()).toEqual(0)", "expect(true).toBe(true)"),
      ["trivial"],
    ],
    ["a loose matcher", "a.test.ts", two, two.replace("toEqual(0)", "toBeDefined()"), ["loosened"]],
    [
      "pytest skip",
      "test_a.py",
      "def test_a():\n    assert f() == 1\n",
      "@pytest.mark.skip\ndef test_a():\n    assert f() == 1\n",
      ["skipped"],
    ],
    [
      "pytest assert True",
      "test_a.py",
      "def test_a():\n    assert f() == 1\n",
      "def test_a():\n    assert True\n",
      ["trivial"],
    ],
    [
      "pytest case gone",
      "test_a.py",
      "def test_a():\n    assert f()\ndef test_b():\n    assert g()\n",
      "def test_a():\n    assert f()\n",
      ["fewer-cases"],
    ],
    [
      "python comment",
      "test_a.py",
      "def test_a():\n    assert f()\n    assert g()\n",
      "def test_a():\n    assert f()\n    # assert g()\n",
      ["fewer-assertions"],
    ],
    [
      "go skip",
      "a_test.go",
      "func TestA(t *testing.T) {\n t.Fatal(1)\n}\n",
      "func TestA(t *testing.T) {\n t.Skip()\n t.Fatal(1)\n}\n",
      ["skipped"],
    ],
    [
      "go case gone",
      "a_test.go",
      "func TestA(t *testing.T) {}\nfunc TestB(t *testing.T) {}\n",
      "func TestA(t *testing.T) {}\n",
      ["fewer-cases"],
    ],
    [
      "rust ignore",
      "src/a.rs",
      "#[test]\nfn a() { assert_eq!(f(), 1); }\n",
      "#[test]\n#[ignore]\nfn a() { assert_eq!(f(), 1); }\n",
      ["skipped"],
    ],
    [
      "junit disabled",
      "src/test/ATest.java",
      "@Test void a() { assertEquals(1, f()); }",
      "@Disabled @Test void a() { assertEquals(1, f()); }",
      ["skipped"],
    ],
    [
      "only in a new file",
      "b.test.ts",
      null,
      'test.only("x", () => { expect(f()).toBe(1); });',
      ["only"],
    ],
  ])("is seen: %s", (_title, path, before, after, expected) => {
    expect(kinds(path, before, after)).toEqual(expected);
  });

  test.each<[string, string, string | null, string | null]>([
    ["a new case", "a.test.ts", two, `${two}test("more", () => { expect(add(1)).toBe(1); });`],
    ["a renamed title", "a.test.ts", two, two.replace("adds none", "adds nothing at all")],
    ["words in strings and comments", "a.test.ts", `${two}// test("old", …) expect(1)`, two],
    [
      "a title that speaks of tests",
      "a.test.ts",
      two,
      two.replace("adds none", "runs test() and expect()"),
    ],
    [
      "quotes in a regular expression",
      "a.test.ts",
      two,
      two.replace("import", "const quote = /[\"'`]/;\nimport"),
    ],
    ["an address in a string", "a.test.ts", two, two.replace("add(1, 2)", 'add("http://a", 2)')],
    [
      "a template that interpolates",
      "a.test.ts",
      two,
      two.replace("expect(add(1, 2)).toBe(3)", `expect(\`\${a}\`).toBe(\`\${b}\`)`),
    ],
    ["a helper deleted", "test/helper.ts", "export const a = 1;", null],
    ["source code that calls .test()", "src/a.ts", "if (/x/.test(y)) f(); /y/.test(z)", "f();"],
    ["a new file", "b.test.ts", null, two],
    ["a method named skip", "a.test.ts", two, two.replace("add(1, 2)", "stream.skip(1)")],
  ])("is not: %s", (_title, path, before, after) => {
    expect(kinds(path, before, after)).toEqual([]);
  });

  test("cases that moved to another changed file are no loss, cases that vanish on the way are", () => {
    const one = two.replace(/test\("adds none.*\n/, "");
    const moved = 'test("adds none", () => { expect(add()).toEqual(0); });';
    const change = [{ path: "a.test.ts", before: two, after: one }];
    expect(findWeakenedTests([...change, { path: "b.test.ts", before: "", after: moved }])).toEqual(
      [],
    );
    const other = moved.replace("adds none", "something else");
    expect(
      findWeakenedTests([...change, { path: "b.test.ts", before: "", after: other }]),
    ).toHaveLength(1);
  });

  test("a deletion that the approved spec asks for is none", () => {
    const change = { path: "a.test.ts", before: two, after: null };
    expect(findWeakenedTests([change], new Set(["a.test.ts"]))).toEqual([]);
  });

  test.each<[string, string, string, string, number]>([
    ["a test script that cannot fail", "package.json", "jest", "jest || true", 1],
    ["a test script that does nothing", "package.json", "jest", "exit 0", 1],
    ["one that passes without tests", "package.json", "jest", "jest --passWithNoTests", 1],
    ["one that always was so", "package.json", "jest || true", "jest || true", 0],
    ["another runner", "package.json", "jest", "vitest run", 0],
    ["an echo before the tests", "package.json", "jest", "echo start && jest", 0],
  ])("in the runner: %s", (_title, path, before, after, expected) => {
    const manifest = (script: string) => JSON.stringify({ scripts: { test: script } });
    const change = { path, before: manifest(before), after: manifest(after) };
    expect(findNeutralisedRunners([change])).toHaveLength(expected);
  });

  test("in the runner: a recipe of a Makefile, and nothing in a broken manifest", () => {
    const make = {
      path: "Makefile",
      before: "test:\n\tgo test ./...\n",
      after: "test:\n\t-go test ./... || true\n",
    };
    expect(findNeutralisedRunners([make])).toHaveLength(1);
    expect(findNeutralisedRunners([{ path: "package.json", before: null, after: "{" }])).toEqual(
      [],
    );
  });

  test("takes linear time on a large hostile file", () => {
    const hostile = `${"expect((".repeat(60_000)}${"'\"`/[".repeat(20_000)}`;
    const started = performance.now();
    findWeakenedTests([{ path: "a.test.ts", before: hostile, after: hostile }]);
    expect(performance.now() - started).toBeLessThan(4000);
  });
});
