import { describe, expect, test } from "@jest/globals";
import { checkPlanAgainstConstraints } from "../../src/constraints/check-plan.ts";
import { constraintRule } from "../../src/constraints/claim-constraint.ts";
import type { BuildSpec } from "../../src/documents/schema-build-spec.ts";
import { givenCodebase, givenPackage } from "../codebase/conventions/given-codebase.ts";
import { emptySpec } from "../phases/stage.ts";
import { given } from "./given-constraint.ts";

const create = (path: string, after = ""): BuildSpec["files"][number] => ({
  path,
  action: after === "" ? "create" : "modify",
  to: null,
  purpose: "",
  edits: after === "" ? [] : [{ before: "import os\n", after }],
});
const step = (details: string, ...files: string[]): BuildSpec["steps"][number] => ({
  id: "S-1",
  title: "",
  details,
  files,
  checkpoint: "none",
  mode: "judgement",
});
const fenced = (code: string): string => `Do it so:\n\n\`\`\`ts\n${code}\n\`\`\`\n`;
const codebase = givenCodebase({
  files: {
    "CONSTRAINTS.md": "- Never import `requests`\n",
    "src/state.ts": { symbols: [{ name: "save", kind: "function" }] },
  },
  packages: [
    givenPackage("", {
      dependencies: [
        {
          name: "zod",
          ecosystem: "npm",
          range: "",
          locked: null,
          use: "run",
          manifest: "package.json",
          line: 1,
        },
      ],
    }),
  ],
});
const check = (line: string, over: Partial<BuildSpec>): string[] =>
  checkPlanAgainstConstraints(given(line), [{ ...emptySpec, ...over }], codebase).map(
    ({ source, path, why }) => `${source} ${path ?? "-"} ${why}`,
  );
const dependency = (name: string) => ({ name, version: "1.0.0", reason: "" });

describe("checkPlanAgainstConstraints", () => {
  test.each<[string, string, Partial<BuildSpec>, string[]]>([
    [
      "a new dependency",
      "Standard library only",
      { dependencies: [dependency("axios")] },
      ["BUILD_01.md - adds the dependency `axios`"],
    ],
    [
      "one that is there already is not added",
      "No new dependencies",
      { dependencies: [dependency("zod")] },
      [],
    ],
    [
      "a dependency that may not be imported",
      "Never import `axios`",
      { dependencies: [dependency("axios")] },
      ["BUILD_01.md - depends on `axios`"],
    ],
    [
      "an edit that imports it",
      "Never import `requests`",
      { files: [create("a.py", "import requests\n")] },
      ["BUILD_01.md a.py imports `requests`"],
    ],
    [
      "a line that the edit leaves as it was",
      "Never import `os`",
      { files: [create("a.py", "import os\nx = 1\n")] },
      [],
    ],
    [
      "code of a step, where its one file may not",
      "Only `src/http/**` imports `axios`",
      { steps: [step(fenced('import axios from "axios";'), "src/web.ts")] },
      ["BUILD_01.md src/web.ts imports `axios`"],
    ],
    [
      "code of a step, where it may",
      "Only `src/http/**` imports `axios`",
      { steps: [step(fenced('import axios from "axios";'), "src/http/a.ts")] },
      [],
    ],
    [
      "code that could go into either of two files",
      "Only `src/http/**` imports `axios`",
      { steps: [step(fenced('import "axios";'), "src/http/a.ts", "src/b.ts")] },
      [],
    ],
    [
      "code that is shown as wrong",
      "Never use `eval(`",
      { steps: [step(`This is wrong:\n\n${fenced("eval(x)").slice(11)}`, "a.ts")] },
      [],
    ],
    [
      "a relative import over a border",
      "`src/a/**` never imports `src/b/**`",
      { files: [create("src/a/x.ts", 'import { y } from "../b/y.ts";\n')] },
      ["BUILD_01.md src/a/x.ts imports `src/b/**`"],
    ],
    [
      "a module of Python over a border",
      "`app/` never imports `web/`",
      { files: [create("app/x.py", "from web.page import show\n")] },
      ["BUILD_01.md app/x.py imports `web/`"],
    ],
    [
      "a raw call",
      "All writes go through `save()`, never raw file writes",
      { files: [create("src/x.ts", 'writeFileSync("a", "");\n')] },
      ["BUILD_01.md src/x.ts has raw file writes"],
    ],
    [
      "a raw call where the one way is made",
      "All writes go through `save()`, never raw file writes",
      { files: [create("src/state.ts", 'writeFileSync("a", "");\n')] },
      [],
    ],
    [
      "a file of a wrong name",
      "Files in `src/` are named in kebab-case",
      { files: [create("src/newFile.ts")] },
      ["BUILD_01.md src/newFile.ts is named in camelCase, not in kebab-case"],
    ],
    [
      "a test in the wrong place",
      "Tests live in `tests/`",
      { files: [create("src/a.test.ts"), create("tests/b.test.ts")] },
      ["BUILD_01.md src/a.test.ts is a test that lies elsewhere"],
    ],
    [
      "a file where nothing may change",
      "Never edit files in `legacy/`",
      { files: [create("legacy/a.ts", "x\n")] },
      ["BUILD_01.md legacy/a.ts is planned to change, and nothing there may"],
    ],
    [
      "what only people can tell",
      "Be a good programmer",
      { dependencies: [dependency("axios")] },
      [],
    ],
  ])("%s", (_name, line, over, expected) => {
    expect(check(line, over)).toEqual(expected);
  });
});

describe("the claim that a plan keeps a constraint", () => {
  const judge = async (line: string, over: Partial<BuildSpec>) => {
    const rule = constraintRule(given(line));
    const plan = { design: null, specs: [{ ...emptySpec, ...over }] };
    const ground = { codebase } as Parameters<typeof rule.check>[1];
    return Promise.all(rule.find(plan).map((statement) => rule.check(statement, ground, plan)));
  };
  test("is true with the constraint as evidence, or false with what breaks it", async () => {
    expect(await judge("Never import `requests`", {})).toEqual([
      {
        verdict: "true",
        evidence: {
          path: "CONSTRAINTS.md",
          startLine: 1,
          endLine: 1,
          quote: "- Never import `requests`",
        },
        note: "",
      },
    ]);
    const [broken] = await judge("Never import `requests`", {
      dependencies: [dependency("requests")],
    });
    expect(broken).toMatchObject({ verdict: "false", note: "BUILD_01.md: depends on `requests`" });
  });
  test("is made of nothing that only people can tell", async () => {
    expect(await judge("Be a good programmer", {})).toEqual([]);
  });
});
