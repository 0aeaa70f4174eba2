import { describe, expect, test } from "@jest/globals";
import { grammar } from "../../src/constraints/grammar.ts";
import { lintConstraints } from "../../src/constraints/lint-constraints.ts";
import { recogniseRules } from "../../src/constraints/recognise-rule.ts";
import { given } from "./given-constraint.ts";

/** A rule in short: its kind, what it is about, and where it holds. */
const recognise = (line: string): string[] =>
  given(line).flatMap((constraint) =>
    recogniseRules(constraint).map((rule) => {
      const scope = "scope" in rule ? rule.scope : { within: [], except: [] };
      const about = [
        rule.kind === "raw-calls" ? rule.of : "",
        "targets" in rule ? rule.targets.join(",") : "",
        "instead" in rule && rule.instead.length > 0 ? `use ${rule.instead.join(",")}` : "",
        "names" in rule ? `${rule.of} ${rule.names.join(",")}` : "",
        "globs" in rule ? rule.globs.join(",") : "",
        "lines" in rule ? `${rule.of} ${rule.lines}` : "",
        "style" in rule ? rule.style : "",
        scope.within.length > 0 ? `in ${scope.within.join(",")}` : "",
        scope.except.length > 0 ? `except ${scope.except.join(",")}` : "",
      ];
      return [rule.kind, ...about.filter((part) => part !== "")].join(" ");
    }),
  );

describe("recogniseRules", () => {
  test.each<[string, string[]]>([
    ["Never import `requests`.", ["forbidden-import requests"]],
    ["We must not import `lodash` or `underscore`", ["forbidden-import lodash,underscore"]],
    ["Don't import `axios` outside `src/http/**`.", ["forbidden-import axios except src/http/**"]],
    [
      "Never import `fs` in `src/workflow/**`, because it is pure.",
      ["forbidden-import fs in src/workflow/**"],
    ],
    ["Only `src/http/**` imports `axios`.", ["forbidden-import axios except src/http/**"]],
    [
      "Only src/http/ and `src/cli.ts` may import `axios`",
      ["forbidden-import axios except src/http/,src/cli.ts"],
    ],
    [
      "`openai` is imported only by `src/model/**`",
      ["forbidden-import openai except src/model/**"],
    ],
    ["Import `yaml` only in `src/config/`", ["forbidden-import yaml except src/config/"]],
    ["`src/a/**` never imports `src/b/**`", ["forbidden-import src/b/** in src/a/**"]],
    [
      "Files in `src/view` do not import `src/engine`.",
      ["forbidden-import src/engine in src/view"],
    ],
    ["Nothing under `src/core/` may import `src/web/`", ["forbidden-import src/web/ in src/core/"]],
    [
      "`src/documents/**` must not depend on `src/engine/**`",
      ["forbidden-import src/engine/** in src/documents/**"],
    ],
    ["Use `write_delta()` instead of `open(`.", ["forbidden-text open( use write_delta()"]],
    [
      "Use `logger` rather than `console.log` in `src/`.",
      ["forbidden-text console.log use logger in src/"],
    ],
    [
      "Use `saveJson()` from `src/state.ts`, never `JSON.stringify(`",
      ["forbidden-text JSON.stringify( use saveJson()"],
    ],
    ["Never call `fetch(`; use `request()`.", ["forbidden-text fetch("]],
    ["Never call `fetch(`, use `request()` instead", ["forbidden-text fetch( use request()"]],
    ["Never use `eval(`", ["forbidden-text eval("]],
    ["No `console.log` in `src/**`.", ["forbidden-text console.log in src/**"]],
    ["Avoid using `any`", []],
    [
      "All writes go through `state_io.save_json()` — never raw file writes.",
      ["raw-calls file writes use state_io.save_json()"],
    ],
    [
      "all writes go through state_io.save_json(), never raw file writes",
      ["raw-calls file writes use state_io.save_json()"],
    ],
    [
      "Every HTTP call goes through `src/http/client.ts`",
      ["raw-calls HTTP calls use src/http/client.ts"],
    ],
    [
      "All output is done by `print_report()`",
      ["raw-calls output to the console use print_report()"],
    ],
    ["Standard library only", ["standard-library"]],
    ["We use the standard library only — no third-party HTTP clients", ["standard-library"]],
    ["No third-party packages.", ["standard-library"]],
    ["The standard library only: no dependency is added.", ["standard-library"]],
    ["No new dependencies", ["no-new-dependency"]],
    ["Never add a dependency.", ["no-new-dependency"]],
    ["No file above 300 lines", ["longest file 300"]],
    ["No file in `src/` is longer than 300 lines", ["longest file 300 in src/"]],
    ["Functions have at most 50 lines", ["longest function 50"]],
    ["Files stay under 200 lines except in `test/`", ["longest file 200 except test/"]],
    ["Every script accepts STATE_DIR as an environment variable.", ["mention script STATE_DIR"]],
    ["Every file in `src/jobs/` calls `register()`", ["mention file register() in src/jobs/"]],
    ["Files are named in kebab-case", ["file-names kebab-case"]],
    ["Files in `app/` are named in snake_case.", ["file-names snake_case in app/"]],
    ["Never add files under `legacy/**`", ["forbidden-file legacy/**"]],
    ["Tests live in `tests/**`", ["tests-within tests/**"]],
    [
      "Every script accepts STATE_DIR as an environment variable. Tests override this to a temp directory. Use write_delta() instead of `open(`.",
      ["mention script STATE_DIR", "forbidden-text open( use write_delta()"],
    ],
    ["Never import `requests` unless a test needs it", []],
    ["Be a good programmer", []],
    ["Money is whole cents", []],
    ["Every file uses `any`", []],
    ["", []],
  ])("%s", (line, expected) => {
    expect(recognise(line)).toEqual(expected);
  });
});

test.each([
  "-.".repeat(50_000),
  "a/".repeat(50_000),
  "never import ".repeat(10_000),
  "`".repeat(50_000),
  `never import ${"`a`, ".repeat(20_000)}`,
  `all ${"x ".repeat(50_000)}`,
  "use `a` ".repeat(20_000),
])("no line takes long: %#", (line) => {
  const began = performance.now();
  lintConstraints(given(line, line));
  expect(performance.now() - began).toBeLessThan(5000);
});

describe("the grammar that people are shown", () => {
  test.each(grammar)("$says", ({ kind, says }) => {
    expect(
      given(says)
        .flatMap(recogniseRules)
        .map((rule) => rule.kind),
    ).toEqual([kind]);
    expect(lintConstraints(given(says))).toEqual([]);
  });
});
