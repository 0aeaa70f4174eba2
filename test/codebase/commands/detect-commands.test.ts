import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { detectCommands, mergeCommands } from "../../../src/codebase/commands/detect-commands.ts";

const detect = (files: Record<string, string>) =>
  detectCommands(Object.keys(files), async (path) => files[path] ?? null);
const manifest = (value: unknown): string => JSON.stringify(value);

describe("detectCommands", () => {
  test.each([
    [
      "npm with scripts, lockfile and dependencies",
      {
        "package.json": manifest({
          scripts: {
            build: "tsc",
            typecheck: "tsc --noEmit",
            test: "jest",
            "test:integration": "jest i",
          },
          devDependencies: { jest: "1" },
        }),
        "package-lock.json": "{}",
      },
      {
        commands: {
          compile: "npm run typecheck",
          unit: "npm test",
          integration: "npm run test:integration",
          all: "npm test",
        },
        setup: "npm ci",
      },
    ],
    [
      "npm without dependencies needs no set-up",
      {
        "package.json": manifest({ scripts: { "test:unit": "node --test", test: "all" } }),
        "package-lock.json": "",
      },
      { commands: { unit: "npm run test:unit", all: "npm test" }, setup: null },
    ],
    [
      "the failing script of npm init is no test",
      {
        "package.json": manifest({
          scripts: { test: 'echo "Error: no test specified" && exit 1' },
        }),
      },
      { commands: {}, setup: null },
    ],
    [
      "pnpm",
      {
        "package.json": manifest({
          scripts: { compile: "x", test: "y" },
          dependencies: { a: "1" },
        }),
        "pnpm-lock.yaml": "",
      },
      {
        commands: { compile: "pnpm run compile", unit: "pnpm test", all: "pnpm test" },
        setup: "pnpm install --frozen-lockfile",
      },
    ],
    [
      "yarn",
      {
        "package.json": manifest({ scripts: { build: "x" }, dependencies: { a: "1" } }),
        "yarn.lock": "",
        ".yarnrc.yml": "",
      },
      { commands: { compile: "yarn build" }, setup: "yarn install --immutable" },
    ],
    [
      "bun named by packageManager",
      {
        "package.json": manifest({
          packageManager: "bun@1.2",
          scripts: { test: "x" },
          dependencies: { a: "1" },
        }),
      },
      {
        commands: { unit: "bun run test", all: "bun run test" },
        setup: "bun install --frozen-lockfile",
      },
    ],
    ["a broken manifest", { "package.json": "{" }, { commands: {}, setup: null }],
    [
      "a manifest of wrong shapes",
      { "package.json": '{"scripts":[1],"dependencies":"x"}' },
      { commands: {}, setup: null },
    ],
    [
      "pytest with an integration folder",
      {
        "pyproject.toml": "[tool.pytest.ini_options]\n",
        "tests/integration/test_a.py": "",
        "app/a.py": "",
      },
      {
        commands: {
          compile: "python3 -m compileall -q app tests",
          unit: "python3 -m pytest --ignore=tests/integration",
          integration: "python3 -m pytest tests/integration",
          all: "python3 -m pytest",
        },
        setup: null,
      },
    ],
    [
      "unittest through uv, types by mypy",
      { "pyproject.toml": "[tool.mypy]\n", "uv.lock": "", "test_a.py": "" },
      {
        commands: {
          compile: "uv run python3 -m mypy .",
          unit: "uv run python3 -m unittest discover",
          all: "uv run python3 -m unittest discover",
        },
        setup: "uv sync --frozen",
      },
    ],
    [
      "go",
      { "go.mod": "module x" },
      {
        commands: { compile: "go build ./...", unit: "go test ./...", all: "go test ./..." },
        setup: null,
      },
    ],
    [
      "cargo with integration tests",
      { "Cargo.toml": "[package]", "tests/a.rs": "" },
      {
        commands: {
          compile: "cargo check --all-targets",
          unit: "cargo test",
          integration: "cargo test --test '*'",
          all: "cargo test",
        },
        setup: null,
      },
    ],
    [
      "make, where variables are no targets",
      {
        Makefile:
          "compile := x\nCC = y\n.PHONY: build test\nbuild: a.o\n\tcc a.o\ntest unit: build\n\t./run\n",
      },
      { commands: { compile: "make build", unit: "make unit", all: "make test" }, setup: null },
    ],
    [
      "package.json before Makefile, each for what it names",
      {
        "package.json": manifest({ scripts: { test: "x" } }),
        Makefile: "build:\n\tx\ntest:\n\tx\n",
      },
      { commands: { compile: "make build", unit: "npm test", all: "npm test" }, setup: null },
    ],
    [
      "maven through its wrapper",
      { "pom.xml": "<project>maven-failsafe-plugin</project>", mvnw: "" },
      {
        commands: {
          compile: "./mvnw -B -q test-compile",
          unit: "./mvnw -B -q test",
          integration: "./mvnw -B -q verify",
          all: "./mvnw -B -q verify",
        },
        setup: null,
      },
    ],
    [
      "gradle with a task for integration tests",
      { "build.gradle.kts": 'tasks.register("integrationTest")' },
      {
        commands: {
          compile: "gradle --console=plain testClasses",
          unit: "gradle --console=plain test",
          integration: "gradle --console=plain integrationTest",
          all: "gradle --console=plain check",
        },
        setup: null,
      },
    ],
    [
      "a solution of .NET",
      { "Shop.sln": "" },
      {
        commands: { compile: "dotnet build", unit: "dotnet test", all: "dotnet test" },
        setup: "dotnet restore",
      },
    ],
    [
      "just, where assignments and recipes that need an argument are none",
      { justfile: "build := 'x'\ntest:\n  x\nunit name:\n  y\n@compile flags='':\n  z\n" },
      { commands: { compile: "just compile", unit: "just test", all: "just test" }, setup: null },
    ],
    [
      "nox before tox, by its sessions",
      { "noxfile.py": "@nox.session(python=['3.12'])\ndef tests(session):\n  x\n", "a.py": "" },
      { commands: { unit: "nox -s tests", all: "nox -s tests" }, setup: null },
    ],
    [
      "composer's scripts over the tools beside them",
      {
        "composer.json": manifest({ scripts: { test: "phpunit" } }),
        "phpunit.xml.dist": "",
        "phpstan.neon": "",
      },
      {
        commands: {
          compile: "vendor/bin/phpstan analyse --no-progress",
          unit: "composer run test",
          all: "composer run test",
        },
        setup: "composer install --no-interaction",
      },
    ],
    [
      "bundler with specs",
      { Gemfile: "", "spec/a_spec.rb": "" },
      {
        commands: { unit: "bundle exec rspec", all: "bundle exec rspec" },
        setup: "bundle install",
      },
    ],
    ["nothing", { "a.txt": "" }, { commands: {}, setup: null }],
  ])("%s", async (_name, files, expected) => {
    expect(await detect(files as Record<string, string>)).toEqual(expected);
  });

  test("no text of a manifest makes it fail", async () => {
    const names = [
      "package.json",
      "pyproject.toml",
      "Makefile",
      "go.mod",
      "pom.xml",
      "justfile",
      "noxfile.py",
      "composer.json",
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.oneof(fc.json(), fc.string()),
        async (name, text) => {
          const { commands } = await detect({ [name]: text });
          for (const command of Object.values(commands)) expect(typeof command).toBe("string");
        },
      ),
    );
  });
});

describe("mergeCommands", () => {
  const files = {
    "package.json": manifest({ scripts: { test: "x", build: "y" }, dependencies: { a: "1" } }),
  };
  const merge = (configured: Record<string, string>) =>
    mergeCommands(configured, Object.keys(files), async (path) => files[path as "package.json"]);

  test("the configuration wins, adds, takes away, and names the set-up", async () => {
    expect(
      await merge({ unit: "make unit", "csv-check": "./check", compile: "", setup: "make deps" }),
    ).toEqual({
      commands: { unit: "make unit", all: "npm test", "csv-check": "./check" },
      setup: "make deps",
    });
  });
  test("without configuration the detected ones hold", async () => {
    expect(await merge({})).toEqual(await detect(files));
  });
});
