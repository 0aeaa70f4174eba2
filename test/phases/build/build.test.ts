import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import { loadCodebase } from "../../../src/codebase/load-codebase.ts";
import { relatedFinder } from "../../../src/codebase/regions/find-related.ts";
import type { BuildSpec, Step } from "../../../src/documents/schema-build-spec.ts";
import { build } from "../../../src/phases/build/build.ts";
import type { BuildFacts } from "../../../src/phases/build/facts.ts";
import { Stop } from "../../../src/shared/stop.ts";
import {
  type Act,
  emptySpec,
  openStage,
  phaseTools,
  project,
  type Stage,
  scriptModel,
} from "../stage.ts";

const stages: Stage[] = [];
const open = async (files?: Record<string, string>): Promise<Stage> => {
  const stage = await openStage(files);
  stages.push(stage);
  return stage;
};
afterEach(() => {
  for (const stage of stages.splice(0)) stage.close();
});

const step = (given: Partial<Step>): Step => ({
  id: "S-1",
  title: "Write multiply",
  details: "",
  files: ["src/multiply.js"],
  checkpoint: "unit",
  mode: "judgement",
  ...given,
});
const multiplyFile = {
  path: "src/multiply.js",
  action: "create" as const,
  to: null,
  purpose: "",
  edits: [],
};
const spec: BuildSpec = { ...emptySpec, files: [multiplyFile], steps: [step({})] };
const folder = "docs/designs/7-multiply";

const real = { unit: "node --test" };

const factsOf = (stage: Stage, given: Partial<BuildFacts> = {}): BuildFacts => ({
  issue: 7,
  slug: "multiply",
  spec,
  specText: "# BUILD_01: Multiply",
  designDocuments: {
    [`${folder}/design.md`]: "# Design\n",
    [`${folder}/BUILD_01.md`]: "# BUILD_01\n",
  },
  contextPath: `${folder}/context.md`,
  context: {
    decisions: [],
    discoveries: [],
    notes: [],
    deviations: [],
    lessons: [],
    extraSections: [],
  },
  branch: "archwright/7-multiply-01",
  base: stage.base,
  before: (given.round ? given.from : null) ?? stage.base,
  from: stage.base,
  resumeSteps: [],
  round: 0,
  attempt: 1,
  findings: null,
  constraints: "No dependencies.",
  coaching: null,
  commands: { unit: "test -f src/sum.js && ! test -f test/red.test.js" },
  setup: null,
  limits: { commandSeconds: 30, outputBytes: 20_000, turns: 20, stepRepairs: 2 },
  workspace: stage.workspace,
  related: async () => [],
  ...given,
});

const good = "export const multiply = (left, right) => left * right;\n";
const writeGood: Act = (use) => use("write", { file_path: "src/multiply.js", content: good });
const subjects = (stage: Stage, head: string) =>
  stage.git("log", "--reverse", "--format=%s", `${stage.base}..${head}`).split("\n");

const builtHead = (outcome: { kind: string; head?: unknown }): string => {
  expect(outcome).toMatchObject({ kind: "built" });
  return String(outcome.head);
};

describe("a build", () => {
  test("commits the design, each step and its notes, on no branch, and keeps the head reachable", async () => {
    const stage = await open();
    const model = scriptModel({ act: { "S-1": writeGood } });
    const tools = phaseTools(model);
    const { outcome, documents } = await build(factsOf(stage), tools);
    const head = builtHead(outcome);
    expect(outcome).toMatchObject({
      branch: "archwright/7-multiply-01",
      base: stage.base,
      deviations: 0,
    });
    expect(subjects(stage, head)).toEqual(["Design of issue 7: multiply", "S-1: Write multiply"]);
    expect(stage.git("log", "-1", "--format=%b", head)).toBe(
      "Archwright-Spec: BUILD_01\nArchwright-Step: S-1",
    );
    expect(stage.show(head, "src/multiply.js")).toBe(good);
    expect(stage.show(head, `${folder}/context.md`)).toBe(documents["context.md"]);
    expect(stage.git("rev-parse", "refs/archwright/work/7/BUILD_01-1")).toBe(head);
    expect(stage.git("branch", "--format=%(refname:short)")).toBe("main");
    expect(stage.git("status", "--porcelain")).toBe("");
    expect(tools.events).toContainEqual({ kind: "step", index: 1, of: 1, title: "Write multiply" });
    expect(tools.events).toContainEqual(
      expect.objectContaining({ kind: "command", name: "unit", state: "passed" }),
    );
    expect(model.calls[0]?.system).toContain("No dependencies.");
    expect(model.calls[0]?.purpose).toEqual({
      role: "builder",
      phase: "build",
      spec: "BUILD_01",
      attempt: 1,
      step: "S-1",
    });
  });

  test("a step is shown what stands nearby at the base, but nothing that the spec itself changes", async () => {
    const stage = await open();
    const model = scriptModel({ act: { "S-1": writeGood } });
    const related = relatedFinder(() => loadCodebase(stage.workspace.snapshot(stage.base)));
    const asked = step({ details: "Multiply as `sum` adds, left and right.", files: [] });
    const started = factsOf(stage, { related, spec: { ...spec, steps: [asked] } });
    builtHead((await build(started, phaseTools(model))).outcome);
    const words = model.calls[0]?.user ?? "";
    expect(words).toContain("src/sum.js lines 1 to ");
    expect(words).toContain("export const sum = (left, right) => left + right;");
    expect(words).not.toContain("src/multiply.js lines");
  });

  test("a mechanical step is applied without any model call", async () => {
    const stage = await open();
    const files = [
      { ...multiplyFile, edits: [{ before: "", after: good }] },
      {
        path: "src/sum.js",
        action: "modify" as const,
        to: null,
        purpose: "",
        edits: [{ before: "left + right", after: "right + left" }],
      },
    ];
    const mechanical = step({ mode: "mechanical", files: ["src/multiply.js", "src/sum.js"] });
    const model = scriptModel({});
    const { outcome } = await build(
      factsOf(stage, { spec: { ...spec, files, steps: [mechanical] } }),
      phaseTools(model),
    );
    const head = builtHead(outcome);
    expect(model.calls).toEqual([]);
    expect(stage.show(head, "src/sum.js")).toContain("right + left");
  });

  test("a mechanical step that does not apply is given to the model, and that is a recorded deviation", async () => {
    const stage = await open();
    const files = [
      {
        path: "src/sum.js",
        action: "modify" as const,
        to: null,
        purpose: "",
        edits: [{ before: "a - b", after: "b" }],
      },
    ];
    const mechanical = step({ mode: "mechanical", files: ["src/sum.js"] });
    const model = scriptModel({
      act: {
        "S-1": (use) =>
          use("edit", {
            file_path: "src/sum.js",
            old_string: "left + right",
            new_string: "right + left",
          }),
      },
    });
    const { outcome, documents } = await build(
      factsOf(stage, { spec: { ...spec, files, steps: [mechanical] } }),
      phaseTools(model),
    );
    expect(outcome).toMatchObject({ kind: "built", deviations: 1 });
    expect(documents["context.md"]).toContain("did not apply as written");
    expect(model.calls[0]?.user).toContain("they do not apply as written");
  });

  test("a checkpoint that fails is given back and passes after a repair; what the model says of tests counts for nothing", async () => {
    const stage = await open();
    const broken = `${project["test/sum.test.js"]}\nimport { multiply } from "../src/multiply.js";\ntest("multiplies", () => { assert.equal(multiply(2, 3), 6); });\n`;
    const files = [
      multiplyFile,
      { ...multiplyFile, path: "test/sum.test.js", action: "modify" as const },
    ];
    const model = scriptModel({
      act: {
        "S-1": async (use) => {
          await use("write", { file_path: "src/multiply.js", content: good.replace("*", "+") });
          await use("write", { file_path: "test/sum.test.js", content: broken });
        },
        "S-1.repair-1": (use) =>
          use("edit", { file_path: "src/multiply.js", old_string: "+", new_string: "*" }),
      },
    });
    const { outcome } = await build(
      factsOf(stage, { spec: { ...spec, files }, commands: real }),
      phaseTools(model),
    );
    const head = builtHead(outcome);
    expect(stage.show(head, "src/multiply.js")).toBe(good);
    const results = outcome.kind === "built" ? outcome.checkpoints : [];
    expect(results.map(({ step, name, passed }) => [step, name, passed])).toEqual([
      ["S-1", "unit", false],
      ["S-1", "unit", true],
      ["final", "unit", true],
    ]);
    expect(model.calls[1]?.user).toContain("5 !== 6");
  });

  test("a checkpoint that stays red ends the build at its step, with the work kept", async () => {
    const stage = await open();
    const act: Act = (use) =>
      use("write", {
        file_path: "test/red.test.js",
        content: "throw new Error('red, token ghp_abcdefghijklmnopqrstuvwxyz0123456789');\n",
      });
    const repair: Act = async () => {};
    const model = scriptModel({
      act: { "S-1": act, "S-1.repair-1": repair, "S-1.repair-2": repair },
    });
    const { outcome, documents } = await build(
      factsOf(stage, { commands: real }),
      phaseTools(model),
    );
    expect(outcome).toMatchObject({
      kind: "failed",
      reason: "checkpoint-failed",
      step: "S-1",
      work: { ref: "refs/archwright/work/7/BUILD_01-1" },
    });
    const head = outcome.kind === "failed" ? (outcome.work?.head ?? "") : "";
    expect(stage.git("rev-parse", "refs/archwright/work/7/BUILD_01-1")).toBe(head);
    expect(JSON.stringify(outcome)).not.toContain("ghp_");
    expect(model.calls.map(({ user }) => user).join()).not.toContain("ghp_");
    expect(documents["context.md"]).toBeDefined();
    expect(model.calls).toHaveLength(3);
  });

  test("a checkpoint that hangs is stopped at its limit; the failure says so and the work is kept", async () => {
    const stage = await open();
    const limits = { commandSeconds: 1, outputBytes: 20_000, turns: 20, stepRepairs: 0 };
    const model = scriptModel({ act: { "S-1": writeGood } });
    const { outcome } = await build(
      factsOf(stage, { commands: { unit: "sleep 60" }, limits }),
      phaseTools(model),
    );
    expect(outcome).toMatchObject({ kind: "failed", reason: "checkpoint-failed", step: "S-1" });
    expect(JSON.stringify(outcome)).toContain("timed out");
    const head = outcome.kind === "failed" ? (outcome.work?.head ?? "") : "";
    expect(stage.show(head, "src/multiply.js")).toBe(good);
    expect(subjects(stage, head).at(-1)).toBe("Unfinished: S-1");
  });

  test("what was built before a stop in mid-step is kept at a ref, and a later attempt goes on from there", async () => {
    const stage = await open();
    const steps = [
      step({}),
      step({ id: "S-2", title: "Test it", files: ["test/multiply.test.js"] }),
    ];
    const files = [multiplyFile, { ...multiplyFile, path: "test/multiply.test.js" }];
    const two = { ...spec, files, steps };
    const stopped = scriptModel({
      act: {
        "S-1": writeGood,
        "S-2": async (use) => {
          await use("write", { file_path: "test/multiply.test.js", content: "// half\n" });
          throw new Stop({
            reason: "over-budget",
            phase: "build",
            spent: 2,
            allowance: 1,
            unit: "usd",
          });
        },
      },
    });
    const first = await build(factsOf(stage, { spec: two }), phaseTools(stopped));
    expect(first.outcome).toMatchObject({ kind: "failed", reason: "over-budget", step: "S-2" });
    const kept = first.outcome.kind === "failed" ? (first.outcome.work?.head ?? "") : "";
    expect(stage.show(kept, "test/multiply.test.js")).toBe("// half\n");
    expect(subjects(stage, kept)).toEqual([
      "Design of issue 7: multiply",
      "S-1: Write multiply",
      "Unfinished: S-2",
    ]);

    const rest = scriptModel({
      act: {
        "S-2": (use) => use("write", { file_path: "test/multiply.test.js", content: "// whole\n" }),
      },
    });
    const facts = factsOf(stage, { spec: two, attempt: 2, from: kept, resumeSteps: ["S-1"] });
    const second = await build(facts, phaseTools(rest));
    const head = builtHead(second.outcome);
    expect(rest.calls).toHaveLength(1);
    expect(rest.calls[0]?.user).toContain("S-1: Write multiply (in an earlier attempt)");
    expect(stage.show(head, "src/multiply.js")).toBe(good);
    expect(stage.show(head, "test/multiply.test.js")).toBe("// whole\n");
  });

  test("a cancelled run keeps the work and says it was interrupted", async () => {
    const stage = await open();
    const model = scriptModel({
      act: {
        "S-1": async (use) => {
          await writeGood(use, {} as never, []);
          tools.abort();
          throw new Error("Request was aborted.");
        },
      },
    });
    const tools = phaseTools(model);
    const { outcome } = await build(factsOf(stage), tools);
    expect(outcome).toMatchObject({ kind: "failed", reason: "interrupted", step: "S-1" });
    expect(
      outcome.kind === "failed" && stage.show(outcome.work?.head ?? "", "src/multiply.js"),
    ).toBe(good);
  });

  test("a tool call that leaves the worktree is an error to the model, and nothing is written", async () => {
    const stage = await open();
    const answers: string[] = [];
    const targets = [
      ".git/hooks/post-checkout",
      "../outside.txt",
      "/tmp/archwright-outside.txt",
      ".github/workflows/x.yml",
    ];
    const model = scriptModel({
      act: {
        "S-1": async (use, call, tools) => {
          for (const file_path of targets)
            answers.push(await use("write", { file_path, content: "x" }));
          await writeGood(use, call, tools);
        },
      },
    });
    const { outcome } = await build(factsOf(stage), phaseTools(model));
    const head = builtHead(outcome);
    for (const answer of answers) expect(answer).toMatch(/^error: /);
    expect(answers).toHaveLength(targets.length);
    expect(existsSync("/tmp/archwright-outside.txt")).toBe(false);
    expect(readdirSync(join(stage.repository, ".git/hooks"))).not.toContain("post-checkout");
    expect(stage.git("diff", "--name-only", stage.base, head).split("\n")).toEqual([
      `${folder}/BUILD_01.md`,
      `${folder}/context.md`,
      `${folder}/design.md`,
      "src/multiply.js",
    ]);
  });

  test("a secret in one file ends the build, and the rest of the work is kept", async () => {
    const stage = await open();
    const model = scriptModel({
      act: {
        "S-1": async (use, call, tools) => {
          await writeGood(use, call, tools);
          const content = "export const token = 'ghp_abcdefghijklmnopqrstuvwxyz0123456789';\n";
          await use("write", { file_path: "src/token.js", content });
        },
      },
    });
    const { outcome } = await build(factsOf(stage), phaseTools(model));
    expect(outcome).toMatchObject({ kind: "failed", reason: "secret-in-change", step: "S-1" });
    const head = outcome.kind === "failed" ? (outcome.work?.head ?? "") : "";
    expect(stage.show(head, "src/multiply.js")).toBe(good);
    expect(stage.show(head, "src/token.js")).toBeNull();
  });

  test("a deviation is recorded and shown in context.md; an unrecorded one is said", async () => {
    const stage = await open();
    const model = scriptModel({
      act: {
        "S-1": async (use, call, tools) => {
          await writeGood(use, call, tools);
          await use("write", { file_path: "src/index.js", content: "export * from './sum.js';\n" });
          await use("write", { file_path: "src/hidden.js", content: "export {};\n" });
          const input = {
            what: "An index\nfile",
            why: "nothing exported it",
            paths: ["src/index.js"],
          };
          expect(await use("record_deviation", input)).toBe("recorded");
          expect(await use("record_deviation", { what: "", why: "", paths: [] })).toMatch(/^error/);
        },
      },
    });
    const { outcome, documents } = await build(factsOf(stage), phaseTools(model));
    expect(outcome).toMatchObject({ kind: "built", deviations: 1 });
    const context = documents["context.md"] ?? "";
    expect(context).toContain("An index file");
    expect(context).toMatch(/without the spec or a deviation naming it: src\/hidden\.js/);
  });

  test("a model cannot rewrite the approved spec", async () => {
    const stage = await open();
    const model = scriptModel({
      act: {
        "S-1": async (use, call, tools) => {
          await use("write", { file_path: `${folder}/BUILD_01.md`, content: "# Do less\n" });
          await writeGood(use, call, tools);
        },
      },
    });
    const { outcome } = await build(factsOf(stage), phaseTools(model));
    expect(stage.show(builtHead(outcome), `${folder}/BUILD_01.md`)).toBe("# BUILD_01\n");
  });

  test("what commands and the set-up leave behind is not committed", async () => {
    const stage = await open();
    const model = scriptModel({ act: { "S-1": writeGood } });
    const facts = factsOf(stage, {
      setup: "mkdir node_modules && echo x > node_modules/left.js && echo changed >> package.json",
      commands: {
        unit: "test -f node_modules/left.js && echo y > coverage.txt && node --test && echo z >> src/sum.js",
      },
    });
    const { outcome } = await build(facts, phaseTools(model));
    const head = builtHead(outcome);
    const changed = stage.git("diff", "--name-only", stage.base, head).split("\n");
    expect(changed.filter((path) => !path.startsWith("docs/"))).toEqual(["src/multiply.js"]);
  });

  test("a set-up that fails is told before any model is asked", async () => {
    const stage = await open();
    const model = scriptModel({});
    const { outcome } = await build(
      factsOf(stage, { setup: "echo no such package >&2; exit 3" }),
      phaseTools(model),
    );
    expect(outcome).toMatchObject({ kind: "failed", reason: "setup-failed" });
    expect(JSON.stringify(outcome)).toContain("no such package");
    expect(model.calls).toEqual([]);
  });

  test("a build that changes nothing built nothing, whatever the commands say", async () => {
    const stage = await open();
    const model = scriptModel({ act: { "S-1": async () => {} } });
    const { outcome } = await build(factsOf(stage), phaseTools(model));
    expect(outcome).toMatchObject({ kind: "failed", reason: "nothing-built" });
  });

  test("a checkpoint without a command is replaced or left out, and that is said", async () => {
    const stage = await open();
    const model = scriptModel({ act: { "S-1": writeGood } });
    const { documents } = await build(
      factsOf(stage, { commands: { all: "true" } }),
      phaseTools(model),
    );
    expect(documents["context.md"]).toContain("all stands in");
  });

  test("a fix round starts at the branch with the findings and the diff, and is one commit", async () => {
    const stage = await open();
    const from = stage.commit(stage.base, { "src/multiply.js": good.replace("*", "+") });
    const model = scriptModel({
      act: {
        fix: (use) =>
          use("edit", { file_path: "src/multiply.js", old_string: "+", new_string: "*" }),
      },
    });
    const facts = factsOf(stage, { from, round: 1, attempt: 2, findings: "AC-1: it adds instead" });
    const { outcome } = await build(facts, phaseTools(model));
    const head = builtHead(outcome);
    expect(subjects(stage, head).filter((subject) => subject.startsWith("Fix"))).toEqual([
      "Fix round 1: Multiply",
    ]);
    expect(model.calls[0]?.user).toContain("it adds instead");
    expect(model.calls[0]?.user).toContain("+export const multiply");
    const idle = scriptModel({ act: { fix: async () => {} } });
    const next = { ...facts, attempt: 3, from: head, before: head, round: 2 };
    const again = await build(next, phaseTools(idle));
    expect(again.outcome).toMatchObject({ kind: "failed", reason: "nothing-built" });
    // The run of the first attempt was lost after its commit: the second one finds the work done.
    const lost = await build({ ...facts, attempt: 3, from: head }, phaseTools(idle));
    expect(subjects(stage, builtHead(lost.outcome))).toContain("Fix round 1: Multiply");
  });
});
