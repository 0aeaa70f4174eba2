import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { Runner } from "./contract.ts";
import { openRunner } from "./runner.ts";
import { copyInto, type Fake, openFake } from "./runner-fake.ts";

// The real workflow files, run with an Action in the place of ours that only tells what it was given and hands something over.

const root = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const lease = (phase: string): string =>
  JSON.stringify({ issue: 12, phase, nonce: "a".repeat(64), head: "b".repeat(40) });

const telling = `
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
const { env } = process;
const job = env.INPUT_JOB;
const keys = Object.keys(env).filter((name) => name.endsWith("_API_KEY") && env[name] !== "");
const given = ["BUILDER-TOKEN", "REVIEWER-TOKEN", "LEDGER-KEY"].filter((name) => env["INPUT_" + name]);
console.log(JSON.stringify({ job, work: env.INPUT_WORK, keys, given, phase: env["INPUT_PHASE-RESULT"], checks: env["INPUT_CHECKS-RESULT"] }));
console.log("checkout", existsSync("README"), "prepared", existsSync("prepared"));
const handOver = env["INPUT_HAND-OVER"];
if (job === "route") appendFileSync(env.GITHUB_OUTPUT, "work=" + JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, "utf8")).lease + "\\n");
if (job === "checks") { mkdirSync(env.INPUT_OUTCOMES); writeFileSync(env.INPUT_OUTCOMES + "/outcomes.json", "checked"); }
if (job === "phase") {
  const outcomes = env.INPUT_OUTCOMES + "/outcomes.json";
  mkdirSync(handOver);
  writeFileSync(handOver + "/hand-over.json", "work" + (existsSync(outcomes) ? " on what was " + readFileSync(outcomes, "utf8") : ""));
  if (env.FAIL) process.exit(1);
}
if (job === "publish") console.log("handed over:", existsSync(handOver) ? readFileSync(handOver + "/hand-over.json", "utf8") : "nothing");
`;

let fake: Fake;
let runner: Runner;
const broken = new Set<string>();
beforeEach(async () => {
  broken.clear();
  fake = openFake({
    README: "a repository",
    ".github/workflows/archwright.yml": read("examples/workflow.yml").replace(
      "secrets: {",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the workflow.
      'secrets: { ledger-key: "${{ secrets.LEDGER }}",',
    ),
    ".github/actions/archwright-setup/action.yml":
      "name: s\ndescription: s\nruns: { using: composite, steps: [{ run: touch prepared, shell: bash }] }\n",
  });
  copyInto(fake, join(root, ".github"), ".github");
  for (const [path, text] of [
    ["action/action.yml", read("action/action.yml")],
    ["action/dist/index.mjs", telling],
  ] as const) {
    mkdirSync(dirname(join(fake.archwright, path)), { recursive: true });
    writeFileSync(join(fake.archwright, path), text);
  }
  runner = await openRunner({
    standIn: fake.standIn,
    archwright: fake.archwright,
    secrets: { ANTHROPIC_API_KEY: "model-key", LEDGER: "ledger-key" },
    onStep: ({ job, environment, kill }) => {
      if (broken.has(job)) environment.FAIL = "yes";
      if (broken.has(`lost ${job}`)) kill({ machine: true });
    },
  });
});
afterEach(async () => {
  await runner.close();
  fake.close();
});

const told = (job: string): string =>
  runner.runs[0]?.jobs.find(({ name }) => name === `archwright / ${job}`)?.log ?? "";
const jobs = (): string[] =>
  (runner.runs[0]?.jobs ?? []).map(({ name, conclusion }) => `${name} ${conclusion}`);
const command = (phase: string): void =>
  fake.deliver("issue_comment", {
    action: "created",
    issue: { number: 12, title: "CSV export" },
    comment: { body: "/design" },
    lease: lease(phase),
  });

test("a command goes through all four jobs, and its work through the artifacts", async () => {
  command("review");
  await runner.idle();
  expect(runner.runs[0]?.errors).toEqual([]);
  expect(jobs()).toEqual([
    "archwright / route success",
    "archwright / checks success",
    "archwright / phase success",
    "archwright / publish success",
  ]);
  expect(told("route")).toContain('"keys":[],"given":["LEDGER-KEY"]');
  expect(told("checks")).toContain('"keys":[],"given":[]');
  expect(told("checks")).toContain("checkout true prepared true");
  expect(told("phase")).toContain('"keys":["ANTHROPIC_API_KEY"],"given":[]');
  // A review runs nothing beside the key, so nothing is prepared there.
  expect(told("phase")).toContain("checkout true prepared false");
  expect(told("publish")).toContain(
    '"keys":[],"given":["LEDGER-KEY"],"phase":"success","checks":"success"',
  );
  expect(told("publish")).toContain("checkout true prepared false");
  expect(told("publish")).toContain("handed over: work on what was checked");
});

test("what a phase that failed had done is handed over all the same", async () => {
  broken.add("phase");
  command("build");
  await runner.idle();
  expect(jobs()).toEqual([
    "archwright / route success",
    "archwright / phase failure",
    "archwright / publish success",
  ]);
  expect(told("publish")).toContain('"phase":"failure","checks":"skipped"');
  expect(told("publish")).toContain("handed over: work");
});

test("a phase whose machine is lost is published as lost", async () => {
  broken.add("lost phase");
  command("build");
  await runner.idle();
  expect(jobs().at(-1)).toBe("archwright / publish success");
  expect(told("publish")).toContain('"phase":"failure"');
  expect(told("publish")).toContain("handed over: nothing");
});

test("a dispatched lease is named in the run's title, and needs no route", async () => {
  fake.dispatch(".github/workflows/archwright.yml", { work: lease("build") });
  await runner.idle();
  expect(runner.runs[0]?.title).toBe(
    `Archwright build of issue 12 (${"a".repeat(64)} ${"b".repeat(40)})`,
  );
  expect(jobs()).toEqual(["archwright / phase success", "archwright / publish success"]);
});

test("chatter is a run without a job", async () => {
  fake.deliver("issue_comment", {
    action: "created",
    issue: { number: 12, title: "CSV export" },
    comment: { body: "nice" },
  });
  await runner.idle();
  expect(runner.runs[0]).toMatchObject({ conclusion: "skipped", jobs: [] });
});
