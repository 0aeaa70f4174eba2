import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Person, Runner } from "../github/contract.ts";
import { openRunner } from "../github/runner.ts";
import { type BuiltProject, buildProject } from "../github/runner-bundle.ts";
import { eventually, examples, offSpecOf, openSite, type Site } from "./open-site.ts";

// A whole feature by the App: it designs, dispatches the rest to the example's read-only workflow, and publishes what the runs hand over.

const model = "scripted:csv-export";
const models = ["architect", "validator", "builder", "reviewer"];
const settings = `
prices: { "${model}": { input: 4, output: 20 } }
providers: { scripted: { kind: scripted, directory: ${join(examples, "csv-export-replies")} } }
models: { ${models.map((role) => `${role}: "${model}"`).join(", ")} }
`;

let project: BuiltProject;
let site: Site;
let runner: Runner;
let ada: Person;
const files = mkdtempSync(join(tmpdir(), "archwright-app-feature-"));

/** The example of the workflow, with the App that writes this ledger. */
async function installWorkflow(): Promise<void> {
  const { github } = site;
  const headers = { authorization: `bearer ${github.userToken("ada")}` };
  const bot = encodeURIComponent("archwright[bot]");
  const answer = await fetch(`${github.url}/users/${bot}`, { headers });
  const { id } = (await answer.json()) as { id: number };
  const example = readFileSync(join(examples, "workflow-app.yml"), "utf8");
  const workflow = example.replace("12345+your-app[bot]", `${id}+archwright[bot]`);
  expect(workflow).not.toBe(example);
  await ada.push(github.defaultBranch, { ".github/workflows/archwright.yml": workflow });
}

beforeAll(async () => {
  cpSync(join(examples, "invoice-desk"), files, { recursive: true });
  mkdirSync(join(files, ".github"), { recursive: true });
  const config = join(files, ".github/archwright.yml");
  writeFileSync(config, readFileSync(config, "utf8") + settings);
  project = await buildProject();
  site = await openSite({ files });
  ada = site.github.person("ada", "write");
  await installWorkflow();
  const secrets = { ANTHROPIC_API_KEY: "sk-ant-a-key-that-nobody-asks-for" };
  runner = await openRunner({ standIn: site.github, archwright: project.folder, secrets });
}, 60_000);
afterAll(async () => {
  await runner?.close();
  await site?.close();
  project?.close();
  rmSync(files, { recursive: true, force: true });
});

const seen = (): string => JSON.stringify(site.github.picture());

test("a label becomes a plan, an approval a pull request of the App that was reviewed, mended and accepted", async () => {
  const body = readFileSync(join(examples, "csv-export.md"), "utf8").replace(/^# .*\n/, "");
  const issue = await ada.openIssue({ title: "Export invoices as CSV", body });
  await ada.label(issue, "archwright");
  const approve = await eventually(site, () => /\/approve [0-9a-f]{7,64}/.exec(seen())?.[0], 90);
  await ada.comment(issue, approve);
  await eventually(site, () => seen().includes("accepted, ready for you to merge"), 150);
  expect(seen()).toContain("86 → 100 of 100");
  const { threads } = site.github.picture() as { threads: { author: string; pull: unknown }[] };
  const pulls = threads.filter(({ pull }) => pull !== null);
  expect(pulls.map(({ author }) => author)).toEqual(["archwright[bot]"]);
  expect(new Set(runner.runs.map(({ event }) => event))).toEqual(new Set(["workflow_dispatch"]));
  expect(offSpecOf(site)).toEqual([]);
}, 300_000);
