import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type ConstraintsOptions, runConstraints } from "../../src/cli/constraints.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import { openStage, type Stage } from "../phases/stage.ts";

let stage: Stage;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "archwright-constraints-"));
  stage = await openStage({
    "RULES.md":
      "# Rules\n\n- Never import `axios`\n- Write good code\n- Use `save()` from `src/gone.ts`\n",
    ".github/archwright.yml": "documents:\n  constraints: RULES.md\n",
    "src/a.ts": 'import axios from "axios";\nexport const save = () => axios;\n',
  });
});
afterAll(() => {
  stage.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = async (verb: string | null, options: Partial<ConstraintsOptions> = {}) => {
  const said = { out: "", err: "" };
  const terminal: Terminal = {
    out: (text) => (said.out += `${text}\n`),
    err: (text) => (said.err += `${text}\n`),
    interactive: false,
    colours: false,
    ask: async () => null,
  };
  const all = { repo: stage.repository, cache: folder, json: false, ...options };
  return { code: await runConstraints(verb, all, terminal), ...said };
};

describe("archwright constraints", () => {
  test.each<[string, string | null, number, RegExp]>([
    ["lint", "lint", 1, /^RULES\.md:4 K-2 Write good code\n {2}vague: "good" .*For example: .*\n$/],
    ["rot", "rot", 1, /^RULES\.md:5 K-3 .*\n {2}rot: the path src\/gone\.ts is not there.*\n$/],
    [
      "check",
      "check",
      1,
      /^RULES\.md:3 K-1 .*\n {2}broken: src\/a\.ts:1 imports `axios` \| import axios from "axios";\n$/,
    ],
    ["all three", null, 1, /K-1[\s\S]*broken[\s\S]*K-2[\s\S]*vague[\s\S]*K-3[\s\S]*rot/],
    ["grammar", "grammar", 0, /^Never import `requests`\.\n {2}looks for imports/],
    ["propose, where no feature has a ledger", "propose", 0, /^$/],
  ])("%s", async (_name, verb, code, out) => {
    const answer = await run(verb);
    expect(answer.out).toMatch(out);
    expect(answer.code).toBe(code);
  });

  test("JSON says which constraints a program can check", async () => {
    const { out } = await run("check", { json: true });
    const answer = JSON.parse(out);
    expect(answer.constraints.map(({ rules }: { rules: string[] }) => rules)).toEqual([
      ["forbidden-import"],
      [],
      [],
    ]);
    expect(answer.breaches).toHaveLength(1);
    expect(answer).not.toHaveProperty("lint");
  });

  test("a document on the disk is read instead; one without faults ends well", async () => {
    const file = join(folder, "C.md");
    writeFileSync(file, "- Never import `lodash`\n");
    expect(await run(null, { file })).toMatchObject({ code: 0, out: "" });
  });

  test.each<[string, string | null, Partial<ConstraintsOptions>, RegExp]>([
    ["an unknown verb", "count", {}, /lint, rot, check, propose/],
    ["a file that is not there", null, { file: "/nowhere/C.md" }, /cannot be read/],
    ["no repository", null, { repo: tmpdir() }, /repository/],
  ])("%s is a wrong call", async (_name, verb, options, why) => {
    const answer = await run(verb, options);
    expect(answer.code).toBe(2);
    expect(answer.err).toMatch(why);
  });
});
