import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "@jest/globals";
import type { Runner, RunnerOptions } from "./contract.ts";
import { openRunner } from "./runner.ts";
import { ada, type Fake, openFake } from "./runner-fake.ts";

// Whole runs: called workflows, queues, cancelling, re-runs, dispatches, and what does not start.

let fake: Fake;
let runner: Runner;

async function begin(
  files: Record<string, string>,
  options: Partial<RunnerOptions> = {},
  project: Record<string, string> = {},
): Promise<void> {
  const workflows = Object.entries(files).map(([name, text]) => [
    name.includes("/") ? name : `.github/workflows/${name}`,
    text,
  ]);
  fake = openFake(Object.fromEntries(workflows), project);
  runner = await openRunner({
    standIn: fake.standIn,
    archwright: fake.archwright,
    secrets: { KEY: "s3cret-value", OTHER: "0ther-value" },
    ...options,
  });
}
afterEach(async () => {
  await runner.close();
  fake.close();
});

const until = async (holds: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 400 && !holds(); tries += 1) {
    await new Promise((done) => setTimeout(done, 10));
  }
  if (!holds()) throw new Error("it never came to that");
};
const logs = (): string => runner.runs.flatMap((run) => run.jobs.map((job) => job.log)).join("\n");

const called = `
on:
  workflow_call:
    inputs: { work: { type: string, default: "" }, minutes: { type: number, default: 5 } }
    secrets: { KEY: { required: false } }
permissions: {}
jobs:
  route:
    runs-on: x
    permissions: { contents: write }
    outputs: { work: "\${{ steps.a.outputs.work }}" }
    steps:
      - uses: actions/checkout@v7
        with: { repository: "\${{ job.workflow_repository }}", ref: "\${{ job.workflow_sha }}", path: .code, sparse-checkout: action }
      - { id: a, uses: ./.code/action, with: { job: route }, env: { KEY: "\${{ secrets.KEY }}", OTHER: "\${{ secrets.OTHER }}" } }
  phase:
    needs: route
    runs-on: x
    permissions: { contents: read }
    steps: [{ run: 'echo "work \${{ needs.route.outputs.work }} minutes \${{ inputs.minutes }} given \${{ inputs.work }}"' }]
`;
const project = {
  ".github/workflows/main.yml": called,
  "action/action.yml":
    "name: a\ndescription: a\ninputs: { job: { description: j } }\nruns: { using: node24, main: main.mjs }\n",
  "action/main.mjs": `
import { appendFileSync } from "node:fs";
const { env } = process;
appendFileSync(env.GITHUB_OUTPUT, "work=" + env.INPUT_JOB + "\\n");
console.log("secrets", env.KEY.length, env.OTHER.length, env.GITHUB_REPOSITORY, env.GITHUB_RUN_ATTEMPT);
`,
};
const caller = (permissions: string): string => `
on: { issues: {}, workflow_dispatch: { inputs: { work: { type: string } } }, schedule: [{ cron: "1 * * * *" }] }
run-name: Archwright \${{ inputs.work || github.event_name }}
permissions: ${permissions}
jobs:
  own:
    uses: someone/archwright/.github/workflows/main.yml@v1
    with: { work: "\${{ inputs.work }}" }
    secrets: { KEY: "\${{ secrets.KEY }}" }
`;

describe("a called workflow", () => {
  test("runs the code of its own commit with inputs, and with the secrets that it is given", async () => {
    await begin({ "a.yml": caller("{ contents: write }") }, {}, project);
    fake.deliver("issues", { action: "opened" });
    await runner.idle();
    expect(runner.runs[0]).toMatchObject({ conclusion: "success", errors: [] });
    expect(runner.runs[0]?.jobs.map((job) => job.name)).toEqual(["own / route", "own / phase"]);
    expect(logs()).toContain("secrets 12 0 octo/repo 1");
    expect(logs()).toMatch(/^work route minutes 5 given $/m);
    expect([...fake.tokens.values()]).toEqual([
      { metadata: "read", contents: "write" },
      { metadata: "read", contents: "read" },
    ]);
  });

  test("does not start when the caller grants less than one of its jobs asks for", async () => {
    await begin({ "a.yml": caller("{ contents: read }") }, {}, project);
    fake.deliver("issues", { action: "opened" });
    await runner.idle();
    expect(runner.runs[0]).toMatchObject({ conclusion: "startup_failure", jobs: [] });
    expect(runner.runs[0]?.errors.join()).toContain(
      "The nested job 'route' is requesting 'contents: write', but is only allowed 'contents: read'.",
    );
    expect(fake.standIn.actions.runs[0]?.conclusion).toBe("startup_failure");
    expect(fake.tokens.size).toBe(0);
  });

  test("is started by a dispatch with inputs, and by the schedule", async () => {
    await begin({ "a.yml": caller("{ contents: write }") }, {}, project);
    // Its title is there at once: by it, whoever dispatched finds the run again.
    const record = fake.dispatch(".github/workflows/a.yml", { work: "lease-1" });
    expect(record.displayTitle).toBe("Archwright lease-1");
    await runner.idle();
    runner.schedule();
    await runner.idle();
    expect(runner.runs.map((run) => [run.event, run.title, run.conclusion])).toEqual([
      ["workflow_dispatch", "Archwright lease-1", "success"],
      ["schedule", "Archwright schedule", "success"],
    ]);
    expect(logs()).toContain("given lease-1");
  });

  test("of a fork's review may only read, and knows no secret", async () => {
    const text = caller("{ contents: write }").replace("issues: {}", "pull_request_review: {}");
    await begin({ "a.yml": text }, {}, project);
    const at = (name: string) => ({ repo: { full_name: name } });
    fake.deliver("pull_request_review", {
      action: "submitted",
      pull_request: { head: at("mallory/repo"), base: at("octo/repo") },
    });
    await runner.idle();
    expect(logs()).toContain("secrets 0 0");
    for (const rights of fake.tokens.values()) expect(Object.values(rights)).not.toContain("write");
  });
});

test("a file that does not parse is a run that did not start", async () => {
  await begin({ "a.yml": "on: push\njobs: { a: { runs-on: x, stepz: [] } }" });
  fake.deliver("push", {});
  await runner.idle();
  expect(runner.runs[0]?.conclusion).toBe("startup_failure");
});

const queued = (queue: string): string => `
on: push
jobs:
  a:
    runs-on: x
    concurrency: { group: "Thread-1", cancel-in-progress: false, queue: ${queue} }
    steps: [{ run: 'echo begin >> "$LOG"; sleep 0.15; echo end >> "$LOG"' }]
`;

describe("jobs of one group", () => {
  test.each([
    ["max", ["success", "success", "success", "success"]],
    ["single", ["success", "cancelled", "cancelled", "success"]],
  ])("with queue: %s", async (queue, conclusions) => {
    await begin(
      { "a.yml": queued(queue) },
      {
        onStep: ({ environment }) => {
          environment.LOG = `${fake.archwright}/log`;
        },
      },
    );
    for (let count = 0; count < 4; count += 1) fake.deliver("push", {});
    await runner.idle();
    expect(runner.runs.map((run) => run.conclusion)).toEqual(conclusions);
    const lines = readFileSync(`${fake.archwright}/log`, "utf8").trim().split("\n");
    // Never two at once.
    expect(lines.every((line, place) => line === (place % 2 === 0 ? "begin" : "end"))).toBe(true);
  });
});

test("a cancelled run gives up its place in a queue, and what runs goes on", async () => {
  await begin(
    { "a.yml": queued("max") },
    {
      onStep: ({ environment }) => {
        environment.LOG = `${fake.archwright}/log`;
      },
    },
  );
  for (let count = 0; count < 3; count += 1) fake.deliver("push", {});
  await until(
    () => runner.runs.length === 3 && runner.runs.every((run) => run.status === "in_progress"),
  );
  await runner.cancel(runner.runs[1]?.id ?? 0);
  await runner.idle();
  expect(runner.runs.map((run) => run.conclusion)).toEqual(["success", "cancelled", "success"]);
});

const slow = `
on: push
jobs:
  work:
    runs-on: x
    steps:
      - { run: 'trap "echo asked to stop; exit 130" INT; echo started; sleep 30 & wait' }
      - { run: echo not-this }
      - { run: echo cleaned up, if: always() }
  next: { needs: work, runs-on: x, steps: [{ run: echo not-this }] }
  publish: { needs: work, if: always(), runs-on: x, steps: [{ run: 'echo "settled \${{ needs.work.result }}"' }] }
`;

test("a cancelled run stops what it does, and still runs what always runs", async () => {
  let started = false;
  await begin(
    { "a.yml": slow },
    {
      onStep: () => {
        started = true;
      },
    },
  );
  fake.deliver("push", {});
  await until(() => started);
  await new Promise((done) => setTimeout(done, 150));
  const [run] = fake.standIn.actions.runs;
  if (!run) throw new Error("no run");
  expect(fake.standIn.actions.host?.cancel(run)).toBe(true);
  await runner.idle();
  expect(runner.runs[0]?.conclusion).toBe("cancelled");
  expect(logs()).toContain("asked to stop");
  expect(logs()).toContain("cleaned up");
  expect(logs()).toContain("settled cancelled");
  expect(logs()).not.toMatch(/^not-this/m);
  expect(fake.standIn.actions.host?.cancel(run)).toBe(false);
});

test("a killed program fails its step; with a killed machine the job is over", async () => {
  const text = `
on: push
jobs:
  a: { runs-on: x, steps: [{ run: sleep 30 }, { run: echo cleaned up a, if: always() }] }
  b: { runs-on: x, steps: [{ run: sleep 30 }, { run: echo cleaned up b, if: always() }] }
`;
  const seen = new Set<string>();
  await begin(
    { "a.yml": text },
    {
      onStep: ({ job, kill }) => {
        if (!seen.has(job)) kill({ machine: job === "b" });
        seen.add(job);
      },
    },
  );
  fake.deliver("push", {});
  await runner.idle();
  expect(runner.runs[0]?.conclusion).toBe("failure");
  expect(logs()).toMatch(/^cleaned up a/m);
  expect(logs()).not.toMatch(/^cleaned up b/m);
  expect(logs()).toContain("lost communication");
});

test("a re-run is a new attempt by whoever pressed it; of the failed jobs, it keeps what succeeded", async () => {
  const text = `
on: push
jobs:
  good: { runs-on: x, outputs: { v: "\${{ steps.s.outputs.v }}" }, steps: [{ id: s, run: 'echo "v=$GITHUB_RUN_ATTEMPT" >> "$GITHUB_OUTPUT"' }] }
  bad: { needs: good, runs-on: x, steps: [{ run: 'echo "good was \${{ needs.good.outputs.v }} by $GITHUB_TRIGGERING_ACTOR for $GITHUB_ACTOR"; test "$GITHUB_RUN_ATTEMPT" != 1' }] }
`;
  await begin({ "a.yml": text });
  fake.deliver("push", {});
  await runner.idle();
  const [record] = fake.standIn.actions.runs;
  if (!record) throw new Error("no run");
  const bea = { ...ada, id: 8, login: "bea" };
  fake.standIn.actions.host?.rerun(record, "failed", bea);
  await runner.idle();
  fake.standIn.actions.host?.rerun(record, "all", bea);
  await runner.idle();
  expect(
    runner.runs.map((run) => [run.attempt, run.conclusion, run.jobs.map((job) => job.name).join()]),
  ).toEqual([
    [1, "failure", "good,bad"],
    [2, "success", "bad"],
    [3, "success", "good,bad"],
  ]);
  expect(logs()).toContain("good was 1 by bea for ada");
  expect(logs()).toContain("good was 3 by bea for ada");
});
