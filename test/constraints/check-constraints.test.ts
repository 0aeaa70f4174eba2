import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Codebase } from "../../src/codebase/codebase.ts";
import { loadCodebase } from "../../src/codebase/load-codebase.ts";
import { checkChangeAgainstConstraints } from "../../src/constraints/check-change.ts";
import { checkConstraints } from "../../src/constraints/check-constraints.ts";
import type { Breach } from "../../src/constraints/constraint.ts";
import { findRot } from "../../src/constraints/find-rot.ts";
import { openStage, type Stage } from "../phases/stage.ts";
import { given } from "./given-constraint.ts";

const files = {
  "package.json":
    '{\n  "name": "shop",\n  "scripts": { "test": "node --test" },\n  "dependencies": {\n    "axios": "1.0.0"\n  }\n}\n',
  Makefile: "check:\n\tnode --test\n",
  "src/http/client.ts":
    'import axios from "axios";\n\nexport const request = (): unknown => axios.get("/");\n',
  "src/web/page.ts":
    'import axios from "axios";\nimport { save } from "../store/state.ts";\n\nexport function page(): void {\n  // console.log("a comment says nothing")\n  console.log(axios, save);\n}\n',
  "src/store/state.ts":
    'import { writeFileSync } from "node:fs";\nimport { page } from "../web/page.ts";\n\nexport function save(): void {\n  writeFileSync("a", String(page));\n}\n',
  "src/store/rawWrite.ts":
    'import { writeFileSync } from "node:fs";\n\nexport const raw = (): void => writeFileSync("b", "");\n',
  "scripts/clean.sh": "#!/bin/sh\nrm -r $STATE_DIR\n",
  "scripts/build.sh": "#!/bin/sh\nmake check\n",
  "test/page.test.ts": 'import test from "node:test";\nconsole.log(test);\n',
  "lib/other.test.ts": 'import test from "node:test";\ntest("a", () => {});\n',
  "jobs/fetch.py": "import requests\nimport json\nfrom jobs import tools\n\nrequests.get('/')\n",
  "jobs/tools.py": "import os.path\n\ndef load():\n    return open('a', 'w')\n",
};

let stage: Stage;
let codebase: Codebase;
const at = (commit: string): Promise<Codebase> =>
  loadCodebase(stage.workspace.snapshot(commit), { workers: 0 });
beforeAll(async () => {
  stage = await openStage(files);
  codebase = await at(stage.base);
});
afterAll(() => stage.close());

const show = (breaches: readonly Breach[]): string[] =>
  breaches.map(({ path, line, why }) => `${path}:${line} ${why}`);

describe("checkConstraints", () => {
  test.each<[string, string[]]>([
    ["Only `src/http/**` imports `axios`.", ["src/web/page.ts:1 imports `axios`"]],
    ["Never import `requests`", ["jobs/fetch.py:1 imports `requests`"]],
    ["Never import `request`", []],
    ["`src/store/**` never imports `src/web/**`", ["src/store/state.ts:2 imports `src/web/**`"]],
    ["`src/http/` never imports `src/web/`", []],
    ["Use `log()` instead of `console.log`", ["src/web/page.ts:6 says `console.log`; use `log()`"]],
    [
      "Never use `page`",
      [
        "src/store/state.ts:2 says `page`",
        "src/store/state.ts:5 says `page`",
        "src/web/page.ts:4 says `page`",
      ],
    ],
    ["Never use `comment`", []],
    ["No `console.log` in `test/`", ["test/page.test.ts:2 says `console.log`"]],
    [
      "All writes go through `save()`, never raw file writes",
      [
        "jobs/tools.py:4 has raw file writes; use `save()`",
        "src/store/rawWrite.ts:3 has raw file writes; use `save()`",
      ],
    ],
    [
      "Standard library only",
      [
        "jobs/fetch.py:1 imports `requests`, which is not of the standard library",
        "package.json:5 depends on `axios`",
        "src/http/client.ts:1 imports `axios`, which is not of the standard library",
        "src/web/page.ts:1 imports `axios`, which is not of the standard library",
      ],
    ],
    ["No new dependencies", []],
    ["No file above 6 lines", ["src/web/page.ts:1 has 7 lines, above 6"]],
    ["Functions have at most 3 lines", ["src/web/page.ts:4 `page` has 4 lines, above 3"]],
    ["Every script accepts STATE_DIR", ["scripts/build.sh:1 does not say `STATE_DIR`"]],
    [
      "Files in `src/` are named in kebab-case",
      ["src/store/rawWrite.ts:1 is named in camelCase, not in kebab-case"],
    ],
    ["Tests live in `lib/` or `test/`", []],
    ["Tests live in `lib/`, `test/**`", []],
    ["No `console.log` in `lib/**`", []],
    ["Tests live in `test/`", ["lib/other.test.ts:1 is a test outside of `test/`"]],
    ["Never add files under `src/store/`", []],
    ["Be a good programmer", []],
  ])("%s", async (line, expected) => {
    expect(show(await checkConstraints(given(line), codebase))).toEqual(expected);
  });

  test("only in the files that are asked for, with the line that says so", async () => {
    const breaches = await checkConstraints(given("Never import `axios`"), codebase, {
      paths: ["src/web/page.ts", "jobs/fetch.py"],
    });
    expect(breaches).toEqual([
      expect.objectContaining({
        path: "src/web/page.ts",
        line: 1,
        quote: 'import axios from "axios";',
        rule: "forbidden-import",
      }),
    ]);
  });
});

describe("checkChangeAgainstConstraints", () => {
  const change = async (
    line: string,
    changes: Record<string, string | null>,
    moved: { path: string; from: string }[] = [],
  ) => {
    const after = await at(stage.commit(stage.base, changes));
    const paths = Object.keys(changes)
      .filter((path) => !moved.some(({ from }) => from === path))
      .map((path) => ({ path, from: moved.find((each) => each.path === path)?.from ?? null }));
    return show(
      await checkChangeAgainstConstraints(given(line), { before: codebase, after }, paths),
    );
  };
  const page = files["src/web/page.ts"];

  test.each<[string, string, Record<string, string | null>, string[]]>([
    [
      "what was broken before is not told again",
      "Never import `axios`",
      { "src/web/page.ts": `// moved down\n${page}` },
      [],
    ],
    [
      "one more of the same in a file is new",
      "No `console.log`",
      { "src/web/page.ts": `${page}console.log(axios, save);\n` },
      ["src/web/page.ts:8 says `console.log`"],
    ],
    ["files that did not change are not looked at", "Never import `axios`", { "a.txt": "x" }, []],
    [
      "a new file",
      "Only `src/http/**` imports `axios`",
      { "src/new.ts": 'import "axios";\n' },
      ["src/new.ts:1 imports `axios`"],
    ],
    [
      "a file that was too long already",
      "No file above 6 lines",
      { "src/web/page.ts": `${page}\n\n\n` },
      [],
    ],
    [
      "a file that became too long",
      "No file above 5 lines",
      { "src/http/client.ts": "\n".repeat(9) },
      ["src/http/client.ts:1 has 9 lines, above 5"],
    ],
    [
      "a dependency that is new",
      "No new dependencies",
      { "package.json": files["package.json"].replace('"axios"', '"got": "1.0.0",\n    "axios"') },
      ["package.json:5 depends on `got`"],
    ],
    [
      "a file where nothing may change",
      "Never edit files in `src/store/`",
      { "src/store/state.ts": "" },
      ["src/store/state.ts:1 lies where nothing may be added or changed"],
    ],
  ])("%s", async (_name, line, changes, expected) => {
    expect(await change(line, changes)).toEqual(expected);
  });

  test("a renamed file takes its old breaches along", async () => {
    const changes = { "src/web/page.ts": null, "src/web/view.ts": page };
    const moved = [{ path: "src/web/view.ts", from: "src/web/page.ts" }];
    expect(await change("Never import `axios`", changes, moved)).toEqual([]);
  });
});

describe("findRot", () => {
  test.each<[string, string[]]>([
    ["All writes go through `save()` in `src/store/state.ts`.", []],
    [
      "All writes go through `saev()` in `src/store/stat.ts`.",
      ["saev() symbol save", "src/store/stat.ts path src/store/state.ts"],
    ],
    [
      "Only `src/http/**` imports `axios`; every page lies in `src/webs/**`",
      ["src/webs/** path src/web"],
    ],
    ["`state.ts` moved: `lib/state.ts`", ["lib/state.ts path src/store/state.ts"]],
    ["A page is one file `src/web/<name>.ts`", []],
    ["Every script accepts STATE_DIR and DATA_DIR", ["DATA_DIR environment null"]],
    [
      "Run `npm test`, `npm run lint` and `make check`, `make lint`",
      ["npm run lint command null", "make lint command null"],
    ],
    ["Use `@shop/tools`", ["@shop/tools dependency null"]],
    ["Never import `requests2` or call `vanished()`", []],
    ["Use `node:test`, see https://example.org/a", []],
    ["Be a good programmer", []],
  ])("%s", async (line, expected) => {
    const rot = await findRot(given(line), codebase);
    expect(rot.map(({ name, kind, nearest }) => `${name} ${kind} ${nearest}`)).toEqual(expected);
  });
});
