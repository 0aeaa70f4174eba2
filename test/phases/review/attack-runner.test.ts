import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { BuildSpec } from "../../../src/documents/schema-build-spec.ts";
import { defaultWeights, type ReviewFacts } from "../../../src/phases/review/facts.ts";
import { findChangedRunners } from "../../../src/phases/review/find-changed-runners.ts";
import { review } from "../../../src/phases/review/review.ts";
import { emptySpec, openStage, phaseTools, project, type Stage, scriptModel } from "../stage.ts";
import { expectSameWhenRehearsed } from "./rehearsed.ts";

const manifest = (scripts: Record<string, string>, more: object = {}): string =>
  JSON.stringify({ name: "sum", type: "module", scripts, ...more });
const honest = { test: "sh scripts/check.sh" };
const base = {
  ...project,
  "package.json": manifest(honest),
  "scripts/check.sh": "node --test test/*.test.js\n",
};

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(base);
});
afterAll(() => stage.close());

const change = (path: string) => ({
  ...{ path, action: "modify" as const, to: null, purpose: "", edits: [] },
});
const broken = "export const sum = (left, right) => left - right;\n";
const test2 = `${project["test/sum.test.js"]}\ntest("adds more", () => assert.equal(sum(2, 2), 5));\n`;
const spec: BuildSpec = {
  ...emptySpec,
  files: ["src/sum.js", "test/sum.test.js", "package.json"].map(change),
  acceptance: [
    { id: "AC-1", level: "must", kind: "unit", text: "adds more", verify: "unit", done: false },
  ],
};

/** The builder names whatever it likes in deviations: that is no leave to change how tests are run. */
const everything = ["scripts/check.sh", "scripts/noop.mjs", "test-setup.mjs", "jest.config.js"];

const gatesOf = async (files: Record<string, string | null>, given: Partial<ReviewFacts> = {}) => {
  const facts: ReviewFacts = {
    ...{ issue: 7, spec, specText: "# BUILD_01: Sum more", base: stage.base, round: 0, attempt: 1 },
    head: stage.commit(stage.base, { "src/sum.js": broken, "test/sum.test.js": test2, ...files }),
    ...{ reviews: 0, designFolder: "docs/designs/7-sum", dismissed: [], requestText: "More." },
    deviations: [{ spec: "BUILD_01", step: "S-1", what: "more", why: "needed", paths: everything }],
    ...{ constraints: null, coaching: null, commands: { unit: "npm test" }, setup: null },
    limits: { commandSeconds: 30, outputBytes: 20_000, chunkTokens: 50_000, fileBytes: 100_000 },
    ...{
      weights: defaultWeights,
      threshold: 90,
      workspace: stage.workspace,
      related: async () => [],
      foresee: async () => ({ asked: 0, expected: [], reach: [] }),
      findBreaches: async () => [],
    },
    ...given,
  };
  const reply = {
    ...{ summary: "Fine.", findings: [] },
    criteria: [{ id: "AC-1", verdict: "met", proofs: [], note: "" }],
    rubric: ["architecture", "style", "testing", "performance"].map((name) => ({
      ...{ name, level: 4, note: "" },
    })),
  };
  const model = scriptModel({ generate: { review: reply } });
  const result = await review(facts, phaseTools(model));
  await expectSameWhenRehearsed(facts, { review: reply }, result);
  const { outcome } = result;
  return outcome.kind === "scored" ? { score: outcome.score, gates: outcome.gates } : outcome;
};

const capped = { score: 39, gates: ["weakened-test"] };

describe("a builder that makes the tests do nothing", () => {
  test.each<[string, Record<string, string | null>]>([
    [
      "a script of the manifest that runs something else",
      {
        "package.json": manifest({ test: "node scripts/noop.mjs" }),
        "scripts/noop.mjs": "// green\n",
      },
    ],
    ["a file that the script calls", { "scripts/check.sh": "# green\n" }],
    [
      "a script that runs before it and takes the tests away",
      {
        "package.json": manifest({
          ...honest,
          pretest: "node -e \"require('fs').writeFileSync('scripts/check.sh', '')\"",
        }),
      },
    ],
  ])("by %s is capped", async (_how, files) => {
    expect(await gatesOf(files)).toEqual(capped);
  });

  test("is told apart from a script that the approved spec gives to the letter, and from a new one", async () => {
    const files = {
      "src/sum.js": "export const sum = (left, right) => left + right + (left === 2 ? 1 : 0);\n",
      "package.json": manifest({ test: "node --test test/sum.test.js", start: "node ." }),
    };
    expect(await gatesOf(files)).toEqual({ score: 100, gates: [] });
    const specText = '# BUILD_01\n\n```json\n  "test":  "node scripts/noop.mjs"\n```\n';
    const approved = { "package.json": manifest({ test: "node scripts/noop.mjs" }) };
    const more = { ...approved, "scripts/noop.mjs": "// green\n" };
    expect(await gatesOf(more, { specText })).toEqual({ score: 100, gates: [] });
  });
});

test.each<[string, string, string | null, string | null, string[]]>([
  ["a new configuration of the runner goes", "jest.config.js", null, "x", ["jest.config.js"]],
  ["a changed Makefile comes back", "Makefile", "a", "b", ["Makefile"]],
  ["an approved file stays", "package.json", manifest(honest), manifest(honest, { x: 1 }), []],
  [
    "the runner's settings in the manifest come back",
    "package.json",
    manifest(honest),
    manifest(honest, { jest: { testMatch: [] } }),
    ["package.json"],
  ],
  [
    "a script of the installation goes",
    "package.json",
    manifest(honest),
    manifest({ ...honest, postinstall: "x" }),
    ["package.json"],
  ],
  ["a broken manifest is the compiler's to find", "package.json", manifest(honest), "{", []],
  ["other files are no concern", "src/sum.js", "a", "b", []],
  ["a new file that a command names is what it waits for", "smoke.sh", null, "b", []],
])("%s", (_name, path, before, after, laid) => {
  const files = [{ path, from: null, before, after }];
  const found = findChangedRunners(files, spec, "", ["npm test", "sh ./smoke.sh"]);
  expect(found.map((each) => each.path)).toEqual(laid);
});
