import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { runSurvey, type SurveyOptions } from "../../src/cli/survey.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import { openStage, type Stage } from "../phases/stage.ts";

let stage: Stage;
let cache: string;
beforeAll(async () => {
  cache = mkdtempSync(join(tmpdir(), "archwright-survey-"));
  stage = await openStage({
    "package.json":
      '{ "name": "shop", "main": "src/web/open.js", "scripts": { "test": "node --test" } }\n',
    "src/web/open.js":
      'import { sell } from "../store/sell.js";\nexport const open = () => sell();\n',
    "src/web/close.js": "export const close = () => {};\n",
    "src/store/sell.js": "export const sell = () => 1;\n",
    "src/store/buy.js": "export const buy = () => 1;\n",
    "src/store/count.js": "export const count = () => 1;\n",
    "src/web/show.js": "export const show = () => 1;\n",
    "src/web/hide.js": "export const hide = () => 1;\n",
    "src/web/draw.js": "export const draw = () => 1;\n",
    "test/sell.test.js": 'import { sell } from "../src/store/sell.js";\n',
  });
});
afterAll(() => {
  stage.close();
  rmSync(cache, { recursive: true, force: true });
});

const run = async (options: Partial<SurveyOptions> = {}) => {
  const said = { out: "", err: "" };
  const terminal: Terminal = {
    out: (text) => (said.out += `${text}\n`),
    err: (text) => (said.err += `${text}\n`),
    interactive: false,
    colours: false,
    ask: async () => null,
  };
  const all = { repo: stage.repository, cache, json: false, mermaid: false, ...options };
  return { code: await runSurvey(all, terminal), ...said };
};

describe("archwright survey", () => {
  test("prints Markdown for people, the drawing alone, or JSON", async () => {
    const people = await run();
    expect(people.code).toBe(0);
    expect(people.out).toMatch(/^# Architecture at [0-9a-f]{12}\n/);
    expect(people.out).toContain("- 8 source files with");
    expect(people.out).toContain("- `npm test` is the command for `unit`, see `package.json:1`.");
    const drawing = await run({ mermaid: true });
    expect(drawing.out).toMatch(
      /^flowchart TD\n {2}c0\["src\/web · 5"\]\n {2}c1\["src\/store · 3"\]\n {2}c0 -->\|1\| c1\n$/,
    );
    const survey = JSON.parse((await run({ json: true })).out);
    expect(survey).toMatchObject({ commit: stage.base, sourceFiles: 8, testFiles: 1 });
    expect(survey.layers).toEqual([["src/web"], ["src/store"]]);
  });
  test.each<[string, Partial<SurveyOptions>, number, RegExp]>([
    ["two forms at once", { json: true, mermaid: true }, 2, /give one of them/],
    ["no repository", { repo: tmpdir() }, 2, /repository/],
    ["no such commit", { commit: "nothing" }, 1, /nothing/],
  ])("%s: no, and why", async (_name, options, code, why) => {
    const answer = await run(options);
    expect(answer.code).toBe(code);
    expect(answer.err).toMatch(why);
    expect(answer.out).toBe("");
  });
});
