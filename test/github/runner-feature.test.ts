import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Person, Runner, StandIn } from "./contract.ts";
import { openStandIn } from "./open-stand-in.ts";
import { openRunner } from "./runner.ts";
import { type BuiltProject, buildProject } from "./runner-bundle.ts";

// A whole feature by the files that a user has: the example's workflow calls ours, which runs the built Action job by job.
// Scripted are the words of the model, and nothing else.

const root = join(import.meta.dirname, "../..");
const model = "scripted:csv-export";
const models = ["architect", "validator", "builder", "reviewer"];
const settings = `
prices: { "${model}": { input: 4, output: 20 } }
providers: { scripted: { kind: scripted, directory: ${join(root, "examples/csv-export-replies")} } }
models: { ${models.map((role) => `${role}: "${model}"`).join(", ")} }
`;

let project: BuiltProject;
let standIn: StandIn;
let runner: Runner;
let ada: Person;
const files = mkdtempSync(join(tmpdir(), "archwright-feature-"));

beforeAll(async () => {
  cpSync(join(root, "examples/invoice-desk"), files, { recursive: true });
  mkdirSync(join(files, ".github/workflows"), { recursive: true });
  cpSync(join(root, "examples/workflow.yml"), join(files, ".github/workflows/archwright.yml"));
  const config = join(files, ".github/archwright.yml");
  writeFileSync(config, readFileSync(config, "utf8") + settings);
  project = await buildProject();
  standIn = await openStandIn({ files });
  standIn.settings.actionsMayCreatePullRequests = true;
  const secrets = { ANTHROPIC_API_KEY: "sk-ant-a-key-that-nobody-asks-for" };
  runner = await openRunner({ standIn, archwright: project.folder, secrets });
  ada = standIn.person("ada", "write");
}, 60_000);
afterAll(async () => {
  await runner.close();
  await standIn.close();
  project.close();
  rmSync(files, { recursive: true, force: true });
});

const ended = (): string[] =>
  runner.runs.flatMap(({ jobs }) =>
    jobs.map(({ name, conclusion }) => `${name.replace("archwright / ", "")} ${conclusion}`),
  );
const seen = (): string => JSON.stringify(standIn.picture());

test("a label becomes a plan, an approval a pull request that was reviewed, mended and accepted", async () => {
  const body = readFileSync(join(root, "examples/csv-export.md"), "utf8").replace(/^# .*\n/, "");
  const issue = await ada.openIssue({ title: "Export invoices as CSV", body });
  await ada.label(issue, "archwright");
  await runner.idle();
  const design = ["route success", "phase success", "publish success"];
  const follow = ["phase success", "publish success"];
  expect(ended()).toEqual([...design, ...follow]);

  const [approve = "no plan to approve"] = /\/approve [0-9a-f]{7,64}/.exec(seen()) ?? [];
  await ada.comment(issue, approve);
  await runner.idle();
  const reviewed = ["checks success", ...follow];
  expect(ended().slice(5)).toEqual([...design, ...reviewed, ...follow, ...reviewed]);
  expect(seen()).toContain("accepted, ready for you to merge");
  expect(seen()).toContain("86 → 100 of 100");

  // Every run but the first of each act was dispatched, and is found by its lease.
  expect(runner.runs.map(({ event }) => event)).toEqual([
    "issues",
    "workflow_dispatch",
    "issue_comment",
    ...Array(3).fill("workflow_dispatch"),
  ]);
  expect(standIn.offSpec).toEqual([]);
}, 300_000);
