import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test } from "@jest/globals";
import type { Runner, StandIn } from "./contract.ts";
import { openStandIn } from "./open-stand-in.ts";
import { openRunner } from "./runner.ts";
import { openFake } from "./runner-fake.ts";

// The runner and the stand-in together: tokens that really may no more than the job, clones over HTTP, runs and artifacts in the API.

const probe = `
import { appendFileSync } from "node:fs";
const { env } = process;
const call = async (method, path, body) => {
  const headers = { authorization: "Bearer " + env.INPUT_TOKEN, accept: "application/vnd.github+json", "content-type": "application/json" };
  const init = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) };
  const answer = await fetch(env.GITHUB_API_URL + "/repos/" + env.GITHUB_REPOSITORY + path, init);
  console.log(env.GITHUB_JOB, method, path, answer.status);
  return answer;
};
const issue = JSON.parse(env.INPUT_ISSUE || "1");
await call("POST", "/issues/" + issue + "/comments", { body: "from " + env.GITHUB_JOB });
if (env.GITHUB_JOB === "write") {
  await call("POST", "/actions/workflows/a.yml/dispatches", { ref: "main", inputs: { work: "lease-7" } });
  const runs = await (await call("GET", "/actions/workflows/a.yml/runs?event=workflow_dispatch")).json();
  console.log("title", runs.workflow_runs[0].display_title, runs.workflow_runs[0].status);
}
`;
const workflow = `
name: Test
run-name: Test \${{ inputs.work || github.event_name }}
on: { issues: { types: [labeled] }, issue_comment: {}, workflow_dispatch: { inputs: { work: { type: string } } } }
jobs:
  write:
    if: github.event_name == 'issues'
    permissions: { issues: write, actions: write, contents: read }
    runs-on: x
    steps:
      - uses: actions/checkout@v7
      - { uses: ./probe, with: { token: "\${{ github.token }}" } }
      - { uses: actions/upload-artifact@v7, with: { name: readme, path: README } }
  read:
    permissions: { issues: read, contents: read }
    runs-on: x
    steps:
      - { uses: actions/checkout@v7, with: { fetch-depth: 0 } }
      - { uses: ./probe, with: { token: "\${{ github.token }}" } }
`;

let standIn: StandIn;
let runner: Runner;
const files = mkdtempSync(join(tmpdir(), "archwright-runner-files-"));
const project = openFake({ README: "unused" });
beforeEach(async () => {
  for (const [path, text] of Object.entries({
    README: "a repository",
    ".github/workflows/a.yml": workflow,
    "probe/action.yml":
      "name: p\ndescription: p\ninputs: { token: { description: t }, issue: { description: i } }\nruns: { using: node24, main: main.mjs }\n",
    "probe/main.mjs": probe,
  })) {
    mkdirSync(dirname(join(files, path)), { recursive: true });
    writeFileSync(join(files, path), text);
  }
  standIn = await openStandIn({ files });
  runner = await openRunner({ standIn, archwright: project.archwright, secrets: {} });
});
afterEach(async () => {
  await runner.close();
  await standIn.close();
});
afterAll(() => {
  project.close();
  rmSync(files, { recursive: true });
});

test("a job's token may what the job may, its events start nothing, and its dispatch starts a run", async () => {
  const ada = standIn.person("ada", "write");
  const issue = await ada.openIssue({ title: "Something", body: "to do" });
  await ada.label(issue, "archwright");
  await runner.idle();
  const logs = runner.runs.flatMap((run) => run.jobs.map(({ log }) => log)).join("\n");
  expect(runner.runs.map((run) => [run.event, run.title, run.errors.join()])).toEqual([
    ["issues", "Test issues", ""],
    ["workflow_dispatch", "Test lease-7", ""],
  ]);
  expect(logs).toContain(`write POST /issues/${issue}/comments 201`);
  expect(logs).toContain(`read POST /issues/${issue}/comments 403`);
  expect(logs).toContain("write POST /actions/workflows/a.yml/dispatches 204");
  expect(logs).toMatch(/^title Test lease-7 (queued|in_progress)$/m);
  expect(standIn.actions.artifacts.map(({ name }) => name)).toEqual(["readme"]);
  expect(standIn.offSpec).toEqual([]);
});

test("whoever may not write cannot press Re-run", async () => {
  const ada = standIn.person("ada", "write");
  standIn.person("rob", "read");
  const issue = await ada.openIssue({ title: "Something", body: "to do" });
  await ada.label(issue, "archwright");
  await runner.idle();
  const [first] = runner.runs;
  await expect(runner.rerun(first?.id ?? 0, "rob", "all")).rejects.toThrow(
    /re-run refused: 40[34]/,
  );
  await runner.rerun(first?.id ?? 0, "ada", "failed");
  await runner.idle();
  expect(runner.runs.at(-1)).toMatchObject({ id: first?.id, attempt: 2 });
});
