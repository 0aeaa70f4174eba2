import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { inputVariable, jobs } from "../../src/action/read-inputs.ts";
import type { JobDefinition, WorkflowDefinition } from "../github/workflow-definition.ts";
import { findExcess } from "../github/workflow-permissions.ts";
import { Expression, isMap, type Node, parseActionSource } from "../github/workflow-source.ts";
import { load } from "./start-jobs.ts";

// What each job may do and know: asserted exactly, on the real files.

const root = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

let main: WorkflowDefinition;
let app: WorkflowDefinition;
beforeAll(async () => {
  main = await load(".github/workflows/archwright.yml");
  app = await load(".github/workflows/archwright-app.yml");
});

const job = (workflow: WorkflowDefinition, id: string): JobDefinition => {
  const found = workflow.jobs.get(id);
  if (!found) throw new Error(`no job ${id}`);
  return found;
};

/** Every text and expression below a node. */
function textsOf(node: unknown): string[] {
  if (node instanceof Expression) return [node.text];
  if (typeof node === "string") return [node];
  if (Array.isArray(node)) return node.flatMap(textsOf);
  if (isMap(node as Node)) return Object.values(node as object).flatMap(textsOf);
  return [];
}
const secretsIn = (node: unknown): string[] => {
  const found = textsOf(node).flatMap((text) => [...text.matchAll(/secrets\.([\w-]+)/g)]);
  return [...new Set(found.map((match) => match[1] ?? ""))].sort();
};

const writes = {
  contents: "write",
  issues: "write",
  "pull-requests": "write",
  statuses: "write",
  actions: "write",
};
const keys = ["ANTHROPIC_API_KEY", "OPENAI_API_KEY", "OPENROUTER_API_KEY", "VLLM_API_KEY"];
const tokens = ["builder-token", "ledger-key", "reviewer-token"];

test("each job has exactly the rights it needs, and without them none", () => {
  expect(main.permissions).toEqual({});
  const rights = Object.fromEntries([...main.jobs].map(([id, one]) => [id, one.permissions]));
  expect(rights).toEqual({
    route: writes,
    checks: { contents: "read" },
    phase: { contents: "read", issues: "read", "pull-requests": "read" },
    publish: writes,
  });
});

test("model keys reach the phase alone, other secrets route and publish alone", () => {
  const known = Object.fromEntries([...main.jobs].map(([id, one]) => [id, secretsIn(one)]));
  expect(known).toEqual({ route: tokens, checks: [], phase: keys, publish: tokens });
  expect(secretsIn({ ...main.env })).toEqual([]);
});

test("within the phase, only the step that works with the model is told the keys", () => {
  for (const workflow of [main, app]) {
    const { steps, env } = job(workflow, "phase");
    expect(secretsIn(env)).toEqual([]);
    expect(steps.filter((step) => secretsIn(step).length > 0).map((step) => step.name)).toEqual([
      "Phase",
    ]);
  }
});

test("no step is given the whole of a context, and no secret is passed on unnamed", () => {
  for (const workflow of [main, app]) {
    const texts = textsOf([...workflow.jobs.values()]).join("\n");
    expect(texts).not.toMatch(/toJSON|secrets\s*\[|secrets\s*\)/i);
    expect([...workflow.jobs.values()].every((one) => one.calls === null)).toBe(true);
  }
});

test("every action of others is pinned by its commit, with its version beside it", () => {
  for (const path of ["archwright.yml", "archwright-app.yml", "release.yml"]) {
    const lines = read(`.github/workflows/${path}`)
      .split("\n")
      .filter((line) => /^\s*(- )?uses:/.test(line));
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) {
      expect(line).toMatch(
        /uses: (actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\.\/\.archwright-action\/action|\.\/\.github\/actions\/archwright-setup)$/,
      );
    }
  }
});

test("no checkout leaves its credentials behind, and the code that runs is that of the workflow's own commit", () => {
  for (const workflow of [main, app]) {
    for (const { id, steps } of workflow.jobs.values()) {
      const checkouts = steps.filter((step) => step.uses?.startsWith("actions/checkout@"));
      expect([
        id,
        checkouts.every((step) => String(step.with["persist-credentials"]) === "false"),
      ]).toEqual([id, true]);
      const own = checkouts.filter((step) => step.with.path === ".archwright-action");
      expect(own.map((step) => textsOf(step.with.ref).join())).toEqual([
        expect.stringMatching(/^job\.workflow_sha \|\| /),
      ]);
      expect(own.map((step) => textsOf(step.with.repository).join())).toEqual([
        expect.stringMatching(/^job\.workflow_repository \|\| /),
      ]);
    }
  }
});

test("whatever else is checked out is the default branch, never a head of a pull request", () => {
  for (const workflow of [main, app]) {
    const refs = [...workflow.jobs.values()]
      .flatMap(({ steps }) => steps)
      .filter((step) => step.uses?.startsWith("actions/checkout@") && !step.with.path)
      .map((step) => textsOf(step.with.ref).join());
    expect(new Set(refs)).toEqual(
      new Set(["github.event.repository.default_branch || github.ref_name"]),
    );
  }
});

test("nothing runs a shell, so nothing of an event can be spelt into one", () => {
  for (const workflow of [main, app]) {
    const steps = [...workflow.jobs.values()].flatMap((one) => one.steps);
    expect(steps.filter((step) => step.run !== undefined)).toEqual([]);
  }
});

test("no script of any workflow has an expression in it: what it needs of an event comes by the environment", async () => {
  const names = readdirSync(join(root, ".github/workflows"));
  expect(names.length).toBeGreaterThan(3);
  for (const name of names) {
    const { jobs: all } = await load(`.github/workflows/${name}`);
    const scripts = [...all.values()].flatMap(({ steps }) => steps).flatMap(({ run }) => run ?? []);
    expect([name, scripts.filter((run) => run instanceof Expression)]).toEqual([name, []]);
  }
});

test("only the job that releases may write, and only what it releases", async () => {
  const release = await load(".github/workflows/release.yml");
  expect(release.permissions).toEqual({});
  expect(job(release, "verify").permissions).toEqual({ contents: "read" });
  expect(job(release, "publish").permissions).toEqual({ contents: "write" });
  // Nothing of the repository is run beside the token that writes.
  expect(
    job(release, "publish").steps.some(({ uses }) => uses?.startsWith("actions/checkout")),
  ).toBe(false);
});

test("the phase's own limit is below the job's, and its work is uploaded in any case", () => {
  for (const workflow of [main, app]) {
    for (const id of ["checks", "phase"]) {
      const { steps, timeoutMinutes } = job(workflow, id);
      expect(timeoutMinutes).toBe(360);
      const works = steps.find((step) => step.uses === "./.archwright-action/action");
      expect(textsOf(works?.timeoutMinutes)).toEqual(["inputs.phase-timeout"]);
      expect(steps.at(-1)?.uses).toMatch(/^actions\/upload-artifact@/);
      expect(textsOf(steps.at(-1)?.if).join()).toBe("always()");
    }
  }
});

test("jobs that queue never cancel what runs, and drop nothing", () => {
  for (const id of ["route", "publish"]) {
    expect(job(main, id).concurrency).toMatchObject({
      "cancel-in-progress": false,
      queue: "max",
    });
  }
  for (const id of ["checks", "phase"]) expect(job(main, id).concurrency).toBeUndefined();
});

test("the App's form has the same steps, and nothing that writes", () => {
  expect([...app.jobs.keys()]).toEqual(["checks", "phase"]);
  const steps = (workflow: WorkflowDefinition, id: string) =>
    JSON.stringify(job(workflow, id).steps).replaceAll(
      "needs.route.result == 'skipped' && inputs.work || needs.route.outputs.work",
      "inputs.work",
    );
  for (const id of ["checks", "phase"]) {
    expect(steps(app, id)).toBe(steps(main, id));
    expect(job(app, id).permissions).toEqual(job(main, id).permissions);
  }
});

test("the App looks for the artifact that its workflow leaves, in the folder that the Action fills", () => {
  const upload = job(app, "phase").steps.at(-1);
  const work = job(app, "phase").steps.find(({ uses }) => uses === "./.archwright-action/action");
  expect(upload?.with.name).toBe("archwright-hand-over");
  expect(textsOf(upload?.with.path)).toEqual(textsOf(work?.with["hand-over"]));
  expect(read("src/app/fetch-hand-over.ts")).toContain('"archwright-hand-over"');
});

test("each example grants exactly what its workflow asks for: less would not start", async () => {
  for (const [example, called] of [
    ["examples/workflow.yml", main],
    ["examples/workflow-app.yml", app],
  ] as const) {
    const granted = (await load(example)).permissions ?? {};
    expect(findExcess(called, "w", granted)).toBeNull();
    for (const scope of Object.keys(granted)) {
      const { [scope]: _, ...less } = granted;
      expect(findExcess(called, "w", less)).toContain(`'${scope}: `);
    }
  }
});

test("what a user owns is at most 20 lines, and names each run by its work", async () => {
  for (const path of ["examples/workflow.yml", "examples/workflow-app.yml"]) {
    const lines = read(path)
      .split("\n")
      .filter((line) => line.trim() !== "" && !line.trim().startsWith("#"));
    expect(lines.length).toBeLessThanOrEqual(20);
    expect(textsOf((await load(path)).runName).join()).toContain("inputs.work");
  }
});

test("the Action's inputs are those that its code reads, and those that the workflow gives", () => {
  const { root: action } = parseActionSource("action.yml", read("action/action.yml"));
  const inputs = Object.keys(action.inputs as object);
  const code = read("src/action/read-inputs.ts");
  const asked = [...code.matchAll(/(?:read|token)\(environment, "([\w-]+)"\)/g)].map(
    (match) => match[1] ?? "",
  );
  expect([...new Set(asked)].sort()).toEqual([...inputs].sort());
  expect(inputs.map(inputVariable)).toContain("INPUT_PHASE-RESULT");
  for (const workflow of [main, app]) {
    for (const { id, steps } of workflow.jobs.values()) {
      const own = steps.filter((step) => step.uses === "./.archwright-action/action");
      expect(own.map((step) => step.with.job)).toEqual([id]);
      expect(jobs).toContain(id);
      expect(inputs).toEqual(expect.arrayContaining(Object.keys(own[0]?.with ?? {})));
    }
  }
});

test("the root action.yml is what action/action.yml says", () => {
  const run = () =>
    execFileSync(process.execPath, ["scripts/generate-action.mjs", "--check"], { cwd: root });
  expect(run).not.toThrow();
  const { root: own } = parseActionSource("action.yml", read("action.yml"));
  expect(own.runs).toEqual({ using: "node24", main: "action/dist/index.mjs" });
  // The Marketplace takes no more.
  expect(String(own.description).length).toBeLessThanOrEqual(125);
});
