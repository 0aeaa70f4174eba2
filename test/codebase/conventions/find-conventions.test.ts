import { describe, expect, test } from "@jest/globals";
import type { ConventionKind } from "../../../src/codebase/conventions/convention.ts";
import { describeCommands } from "../../../src/codebase/conventions/find-command-places.ts";
import { findConventions } from "../../../src/codebase/conventions/find-conventions.ts";
import { findFolderRoles } from "../../../src/codebase/conventions/find-folder-roles.ts";
import { type Given, givenCodebase } from "./given-codebase.ts";

const sentences = async (kind: ConventionKind, given: Given): Promise<string[]> =>
  (await findConventions(givenCodebase(given)))
    .filter((convention) => convention.kind === kind)
    .map(({ sentence }) => sentence);

const names = (kind: "class" | "function" | "constant", ...list: string[]) =>
  list.map((name, index) => ({ name, kind, line: index + 1 }));
const imports = (...list: [string, ...string[]][]) =>
  list.map(([specifier, ...brought], index) => ({
    line: index + 1,
    specifier,
    names: brought,
    handsOn: false,
  }));

describe("findConventions", () => {
  test.each<[string, ConventionKind, Given, string[]]>([
    ["no tests", "test-layout", { files: { "a.py": "" } }, ["There are no tests."]],
    [
      "tests in a tree",
      "test-layout",
      { files: { "a.py": "", "tests/test_a.py": "" } },
      [
        "Tests (1 file) stand under `tests/`, named `test_{name}.py`, for example `tests/test_a.py:1`.",
      ],
    ],
    [
      "tests of two languages",
      "test-layout",
      {
        files: {
          "a.go": "",
          "a_test.go": "",
          "b_test.go": "",
          "web/a.test.ts": "",
          "web/a.ts": "",
        },
      },
      [
        "Go tests (2 files) stand beside the code, named `{name}_test.go`, for example `a_test.go:1`.",
        "Typescript tests (1 file) stand beside the code, named `{name}.test.ts`, for example `web/a.test.ts:1`.",
      ],
    ],
    [
      "what tests are written with",
      "test-tool",
      {
        files: {
          "test_a.py": { imports: imports(["pytest"]) },
          "test_b.py": { imports: imports(["os"], ["pytest", "fixture"]) },
          "test_c.py": { imports: imports(["unittest"]) },
        },
      },
      ["Tests use pytest (2 imports), see `test_a.py:1`."],
    ],
    [
      "names of files, one word saying nothing",
      "file-names",
      { files: { "read-all.ts": "", "write-all.ts": "", "oldOne.ts": "", "index.ts": "" } },
      [
        "Files of several words are named in kebab-case (2 of 3 in typescript), for example `read-all.ts:1`.",
      ],
    ],
    [
      "names of declarations",
      "symbol-names",
      {
        files: {
          "a.py": {
            symbols: [
              ...names("function", "read_all", "read_one", "write_one", "write_all", "openAll"),
              ...names("class", "BigBox", "SmallBox"),
            ],
          },
        },
      },
      [
        "In python, functions are named in snake_case (4 of 5), for example `read_all` at `a.py:1`.",
      ],
    ],
    [
      "errors, with the kind that is thrown most",
      "errors",
      {
        files: {
          "a.ts":
            "throw new Stop(1);\nthrow new Stop(2);\n// throw new Never()\nreturn { ok: false };\n",
          "a.test.ts": "throw new Error();\n".repeat(9),
          "b.go": 'return fmt.Errorf("no")\n',
        },
      },
      [
        "Errors in typescript are mostly reported by throwing (2 of 3 places), most often `Stop` (2): `throw new Stop(1);` at `a.ts:1`.",
        'Errors in go are mostly reported by returning errors (1 of 1 places): `return fmt.Errorf("no")` at `b.go:1`.',
      ],
    ],
    [
      "the logger, and what stands behind it",
      "logging",
      {
        files: {
          "a.py": {
            text: "logger.info('x')\nlogger.warning('y')\nprint('z')\nblueprint('w')\n",
            imports: imports(["logging"]),
          },
          "a.ts": "this.logger.debug(1);\nthis.logger.error(2);\nconsole.log(3);\n",
          "a.rs": 'info!("x");\ninfo!("y");\n',
        },
      },
      [
        "Code in python writes logs by `logger` (2 of 3 places; `logging` is imported by 1 file): `logger.info('x')` at `a.py:1`.",
        "Code in typescript writes logs by `this.logger` (2 of 3 places): `this.logger.debug(1);` at `a.ts:1`.",
        'Code in rust writes logs by `info!, warn!, …` (2 of 2 places): `info!("x");` at `a.rs:1`.',
      ],
    ],
    [
      "imports of own files; those of packages do not count",
      "imports",
      {
        files: {
          "a.ts": {
            imports: imports(
              ["./b.ts", "b"],
              ["./c.ts", "c"],
              ["./d.ts", "d"],
              ["@/e.ts", "default"],
              ["./f.ts", "f"],
              ["zod", "z"],
            ),
          },
        },
        edges: [1, 2, 3, 4, 5].map((line) => ({ from: "a.ts", to: "b.ts", line })),
      },
      [
        "Imports of own files in typescript are relative (4 of 5), with the ending `.ts` (4 of 4), mostly of names (4 of 5), see `a.ts:1`.",
      ],
    ],
    [
      "base classes of the product",
      "base-class",
      {
        files: {
          "a.rb": { symbols: [{ name: "Base" }, { name: "Own", line: 4, bases: ["Base"] }] },
          "test_a.rb": { symbols: [{ name: "Case" }, { name: "T", line: 4, bases: ["Case"] }] },
        },
      },
      ["`Base` at `a.rb:1` is extended by 1 class, for example `Own` at `a.rb:4`."],
    ],
    [
      "a name that would break out of its code span",
      "base-class",
      { files: { "a`b.rb": { symbols: [{ name: "A" }, { name: "B", line: 2, bases: ["A"] }] } } },
      ["`A` at `a b.rb:1` is extended by 1 class, for example `B` at `a b.rb:2`."],
    ],
  ])("%s", async (_name, kind, given, expected) => {
    expect(await sentences(kind, given)).toEqual(expected);
  });
});

describe("findFolderRoles", () => {
  const files = (...paths: string[]) => Object.fromEntries(paths.map((path) => [path, ""]));
  const roles = (given: Given, routes: string[] = [], tables: string[] = []) =>
    findFolderRoles(givenCodebase(given), {
      routes: new Set(routes),
      tables: new Set(tables),
      executables: new Set(),
    }).map(({ folder, role, files: number }) => `${folder}: ${role} ×${number}`);

  test.each<[string, Given, string[], string[], string[]]>([
    [
      "by what the files are, not by the folder's name",
      {
        files: files("x/a.md", "x/b.md", "y/1.sql", "y/a.ts", "db/001_a.sql", "db/002_b.sql"),
      },
      [],
      [],
      ["db: migrations ×2", "x: documents ×2"],
    ],
    [
      "where routes and tables were found",
      {
        files: files("app/a.ts", "app/b.ts", "data/a.py", "data/b.py", "mixed/a.ts", "mixed/b.ts"),
      },
      ["app/a.ts", "app/b.ts", "mixed/a.ts"],
      ["data/a.py", "data/b.py"],
      ["app: routes ×2", "data: tables and models ×2"],
    ],
    [
      "the topmost folder only, and the parts of a mixed one",
      {
        files: files(
          "tests/a/test_a.py",
          "tests/b/test_b.py",
          "src/a.ts",
          "src/b.ts",
          "src/c.ts",
          "src/ui/a.tsx",
          "src/ui/b.tsx",
        ),
      },
      [],
      [],
      ["src/ui: components ×2", "tests: tests ×2"],
    ],
    [
      "where the data that tests read lie",
      { files: files("test/fixtures/a.ts", "test/fixtures/b.ts", "test/a.ts", "test/b.ts") },
      [],
      [],
      ["test: tests ×4", "test/fixtures: test data ×2"],
    ],
  ])("%s", (_name, given, routes, tables, expected) => {
    expect(roles(given, routes, tables)).toEqual(expected);
  });
});

describe("describeCommands", () => {
  const files: Readonly<Record<string, string>> = {
    "package.json": '{\n  "scripts": {\n    "test": "jest"\n  }\n}\n',
    Makefile: "X = 1\nlint unit: a\n\tx\n",
    "pyproject.toml": "[project]\n[tool.pytest.ini_options]\n",
  };
  test.each([
    ["npm test", "package.json:3"],
    ["make unit", "Makefile:2"],
    ["uv run python3 -m pytest tests", "pyproject.toml:2"],
    ["./own-check", undefined],
  ])("%s is told of at %s", async (command, place) => {
    const [found] = await describeCommands({ unit: command }, async (path) => files[path] ?? null);
    const seen = place === undefined ? "" : `, see \`${place}\``;
    expect(found?.sentence).toBe(`\`${command}\` is the command for \`unit\`${seen}.`);
  });
});
