import { describe, expect, test } from "@jest/globals";
import { findTestLayout } from "../../../src/codebase/conventions/find-test-layout.ts";
import { givenCodebase, givenPackage } from "./given-codebase.ts";

const files = (...paths: string[]) => Object.fromEntries(paths.map((path) => [path, ""]));
const summary = (given: Parameters<typeof givenCodebase>[0]) =>
  findTestLayout(givenCodebase(given)).layouts.map(
    ({ language, folder, placement, place, naming, files: count }) =>
      `${folder || "."} ${language} ${placement} ${place ?? "-"} ${naming} ×${count}`,
  );

describe("findTestLayout", () => {
  test.each<[string, string[], string[]]>([
    ["no tests", ["src/a.ts"], []],
    [
      "beside the code",
      ["src/a.ts", "src/a.test.ts", "src/b/c.ts", "src/b/c.test.ts"],
      [". typescript beside - {name}.test.ts ×2"],
    ],
    [
      "a tree of its own, with what only supports tests left out",
      [
        "app/a.py",
        "tests/conftest.py",
        "tests/__init__.py",
        "tests/unit/test_a.py",
        "tests/test_b.py",
        "tests/fixtures/test_c.py",
      ],
      [". python separate-tree tests test_{name}.py ×2"],
    ],
    [
      "folders beside the code",
      ["app/a/views.py", "app/a/tests/test_views.py", "app/b/m.py", "app/b/tests/test_m.py"],
      [". python sibling-folder tests test_{name}.py ×2"],
    ],
    [
      "one folder of tests in the package is a tree",
      ["pandas/__init__.py", "pandas/tests/frame/test_a.py", "pandas/tests/test_b.py"],
      [". python separate-tree pandas/tests test_{name}.py ×2"],
    ],
    [
      "`__tests__` is always a folder beside the code",
      ["src/a.tsx", "src/__tests__/a.spec.tsx"],
      [". tsx sibling-folder __tests__ {name}.spec.tsx ×1"],
    ],
    [
      "a folder of tests by another name, with one file that supports them",
      ["app/a.py", ...["a", "b", "c", "d", "e"].map((name) => `t/test_${name}.py`), "t/tasks.py"],
      [". python separate-tree t test_{name}.py ×5"],
    ],
    ["go", ["a/a.go", "a/a_test.go"], [". go beside - {name}_test.go ×1"]],
    [
      "maven",
      ["src/main/java/x/A.java", "src/test/java/x/ATest.java"],
      [". java separate-tree src/test/java {Name}Test.java ×1"],
    ],
    [
      "a project of tests",
      ["Shop/Cart.cs", "Shop.Tests/CartTests.cs"],
      [". c-sharp separate-tree Shop.Tests {Name}Tests.cs ×1"],
    ],
    [
      "two customs, the more frequent first",
      ["src/a.ts", "src/a.test.ts", "src/b.test.ts", "e2e/login.spec.ts"],
      [
        ". typescript beside - {name}.test.ts ×2",
        ". typescript separate-tree e2e {name}.spec.ts ×1",
      ],
    ],
    [
      "a language that no grammar reads",
      ["lib/a.ex", "test/a_test.exs"],
      [". elixir separate-tree test {name}_test.exs ×1"],
    ],
  ])("%s", (_name, paths, expected) => {
    expect(summary({ files: files(...paths) })).toEqual(expected);
  });

  test("each package has customs of its own, and a manifest among fixtures makes none", () => {
    const given = {
      files: files(
        "packages/a/src/x.ts",
        "packages/a/test/x.test.ts",
        "packages/b/y.ts",
        "packages/b/y.spec.ts",
      ),
      packages: ["", "packages/a", "packages/b", "packages/a/test/fixtures/p"].map((folder) =>
        givenPackage(folder),
      ),
    };
    expect(summary(given)).toEqual([
      "packages/a typescript separate-tree packages/a/test {name}.test.ts ×1",
      "packages/b typescript beside - {name}.spec.ts ×1",
    ]);
  });

  test("a name without a mark is a test's by what it imports", () => {
    const imports = [{ line: 1, specifier: "node:assert", names: ["default"], handsOn: false }];
    const given = {
      files: {
        "index.js": "",
        "test/app.js": { imports },
        "test/router.js": { imports },
        "test/support/tools.js": { imports },
        "test/pages/page.js": "",
      },
    };
    expect(summary(given)).toEqual([". javascript separate-tree test {name}.js ×2"]);
  });

  test("Rust tests stand in the files that they test", () => {
    const given = { files: { "src/lib.rs": { symbols: [{ name: "tests", kind: "module" }] } } };
    expect(summary(given as Parameters<typeof givenCodebase>[0])).toEqual([
      ". rust beside - {name}.rs ×1",
    ]);
  });

  test("shares are of the language in its package, and examples can be opened", () => {
    const { none, layouts } = findTestLayout(
      givenCodebase({
        files: files("a.ts", "a.test.ts", "b.test.ts", "c.test.ts", "e2e/d.spec.ts"),
      }),
    );
    expect(none).toBe(false);
    expect(layouts.map(({ share, examples }) => [share, examples])).toEqual([
      [0.75, ["a.test.ts", "b.test.ts", "c.test.ts"]],
      [0.25, ["e2e/d.spec.ts"]],
    ]);
  });
});
