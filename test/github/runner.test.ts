import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { unzipSync } from "fflate";
import type { Runner, RunnerOptions } from "./contract.ts";
import { openRunner } from "./runner.ts";
import { type Fake, openFake } from "./runner-fake.ts";

// The runner on small workflows: what GitHub's own does, it must do.

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
    secrets: { KEY: "s3cret-value" },
    ...options,
  });
}
const only = () => {
  const [run] = runner.runs;
  if (!run || runner.runs.length !== 1) throw new Error(`${runner.runs.length} runs`);
  return run;
};
const logOf = (name: string): string => only().jobs.find((job) => job.name === name)?.log ?? "";

beforeEach(() => {
  fake = undefined as unknown as Fake;
});
afterEach(async () => {
  await runner.close();
  fake.close();
});

describe("jobs", () => {
  test("run in order of their needs, pass outputs on, and a skipped one skips those that need it", async () => {
    await begin({
      "a.yml": `
run-name: Work for \${{ github.event.issue.number }}
on: { issues: { types: [labeled] } }
jobs:
  last:
    needs: [first]
    runs-on: x
    steps: [{ run: 'echo "got $GOT"', env: { GOT: "\${{ needs.first.outputs.word }}" } }]
  first:
    runs-on: x
    outputs: { word: "\${{ steps.say.outputs.word }}" }
    steps: [{ id: say, run: 'echo "word=hello" >> "$GITHUB_OUTPUT"; echo "# Page" >> "$GITHUB_STEP_SUMMARY"' }]
  never: { runs-on: x, if: "github.event.label.name == 'other'", steps: [{ run: exit 1 }] }
  after: { runs-on: x, needs: never, steps: [{ run: exit 1 }] }
  always: { runs-on: x, needs: never, if: "always() && needs.never.result == 'skipped'", steps: [{ run: echo ran }] }
`,
    });
    fake.deliver("issues", { action: "opened", issue: { number: 3 } });
    fake.deliver(
      "issues",
      { action: "labeled", issue: { number: 3 }, label: { name: "ours" } },
      "nothing",
    );
    await runner.idle();
    expect(runner.runs).toEqual([]);
    fake.deliver("issues", { action: "labeled", issue: { number: 3 }, label: { name: "ours" } });
    await runner.idle();
    expect(only()).toMatchObject({ conclusion: "success", title: "Work for 3", errors: [] });
    expect(
      only()
        .jobs.map((job) => job.name)
        .sort(),
    ).toEqual(["always", "first", "last"]);
    expect(logOf("last")).toContain("got hello");
    expect(only().jobs.find((job) => job.name === "first")).toMatchObject({
      summary: "# Page\n",
      outputs: { word: "hello" },
    });
    expect(fake.standIn.actions.runs[0]).toMatchObject({
      status: "completed",
      conclusion: "success",
      displayTitle: "Work for 3",
    });
  });

  test("are given tokens with the rights they name, and none of a secret they do not ask for", async () => {
    await begin({
      "a.yml": `
on: push
permissions: { contents: write, issues: read }
jobs:
  most: { runs-on: x, steps: [{ run: 'env; echo "\${{ github.token }}"' }] }
  less: { runs-on: x, permissions: { pull-requests: read }, steps: [{ run: env }] }
  none: { runs-on: x, permissions: {}, steps: [{ run: 'echo "key $K"', env: { K: "\${{ secrets.KEY }}" } }] }
`,
    });
    fake.deliver("push", {});
    await runner.idle();
    expect(new Set([...fake.tokens.values()].map((rights) => JSON.stringify(rights)))).toEqual(
      new Set([
        '{"metadata":"read","contents":"write","issues":"read"}',
        '{"metadata":"read","pull_requests":"read"}',
        '{"metadata":"read"}',
      ]),
    );
    const [token = ""] = fake.tokens.keys();
    expect(logOf("most")).not.toContain(token);
    expect(logOf("most")).toContain("***");
    expect(logOf("most")).not.toContain("GITHUB_TOKEN=");
    expect(logOf("none")).toContain("key ***");
    expect(logOf("less")).not.toContain("s3cret");
  });

  test("drop an output that holds a secret, as GitHub does", async () => {
    await begin({
      "a.yml": `
on: push
jobs:
  a:
    runs-on: x
    outputs: { told: "\${{ steps.s.outputs.v }}" }
    steps: [{ id: s, run: 'echo "v=x-$K" >> "$GITHUB_OUTPUT"', env: { K: "\${{ secrets.KEY }}" } }]
`,
    });
    fake.deliver("push", {});
    await runner.idle();
    expect(only().jobs[0]?.outputs).toEqual({});
    expect(logOf("a")).toContain("Skip output 'told' since it may contain secret.");
  });
});

describe("steps", () => {
  test("after a failure only those run that say so", async () => {
    await begin({
      "a.yml": `
on: push
jobs:
  a:
    runs-on: x
    steps:
      - { id: soft, run: exit 3, continue-on-error: true }
      - { id: hard, run: exit 4 }
      - { run: echo not-this }
      - { run: 'echo "soft \${{ steps.soft.outcome }} \${{ steps.soft.conclusion }} hard \${{ steps.hard.outcome }}"', if: failure() }
      - { run: echo always-this, if: always() }
`,
    });
    fake.deliver("push", {});
    await runner.idle();
    expect(only().conclusion).toBe("failure");
    expect(logOf("a")).toContain("soft failure success hard failure");
    expect(logOf("a")).toContain("always-this");
    expect(logOf("a")).not.toMatch(/^not-this/m);
  });

  test("a limit on the step stops it, and the upload after it still happens", async () => {
    await begin(
      {
        "a.yml": `
on: push
jobs:
  a:
    runs-on: x
    steps:
      - { run: 'mkdir out; echo partial > out/work; sleep 60', timeout-minutes: 1 }
      - { uses: actions/upload-artifact@v7, if: always(), with: { name: work, path: out } }
  b:
    runs-on: x
    needs: a
    if: always()
    steps:
      - { uses: actions/download-artifact@v8, with: { name: work, path: "\${{ runner.temp }}/in" } }
      - { run: 'cat "$RUNNER_TEMP/in/work"' }
      - { uses: actions/download-artifact@v8, with: { name: other }, continue-on-error: true }
`,
      },
      { minuteMilliseconds: 400 },
    );
    fake.deliver("push", {});
    await runner.idle();
    expect(only().conclusion).toBe("failure");
    expect(logOf("a")).toContain("has timed out after 1 minutes");
    expect(logOf("b")).toContain("partial");
    expect(logOf("b")).toContain("Artifact not found for name: other");
    const [artifact] = fake.standIn.actions.artifacts;
    expect(Object.keys(unzipSync(artifact?.zip ?? new Uint8Array()))).toEqual(["work"]);
  });

  test("a checkout keeps its credentials unless it is told not to", async () => {
    await begin({
      "a.yml": `
on: push
jobs:
  a:
    runs-on: x
    steps:
      - { uses: actions/checkout@v7 }
      - { run: 'cat README; git config --get-regexp extraheader | wc -l; git rev-list --count HEAD' }
      - { uses: actions/checkout@v7, with: { path: other, ref: main, fetch-depth: 0, persist-credentials: false } }
      - { run: 'cd other && git branch --show-current && git config --get-regexp extraheader | wc -l' }
`,
      "/README": "read me",
    });
    fake.commit({ README: "read me twice\n" });
    fake.deliver("push", {});
    await runner.idle();
    expect(only().conclusion).toBe("success");
    const lines = logOf("a").split("\n");
    expect(lines).toEqual(expect.arrayContaining(["read me twice", "1", "main", "0"]));
  });

  test("actions of the workspace: a program is given its inputs, a composite one its steps", async () => {
    await begin({
      "a.yml": `
on: push
jobs:
  a:
    runs-on: x
    steps:
      - uses: actions/checkout@v7
      - { id: node, uses: ./tool, with: { phase-result: success } }
      - { id: comp, uses: ./prepare, with: { who: world }, if: "hashFiles('prepare/action.yml') != ''" }
      - { run: 'echo "\${{ steps.node.outputs.seen }} \${{ steps.comp.outputs.greeting }} $TOOL"' }
`,
      "tool/action.yml": `
name: t
description: t
inputs: { phase-result: { description: d }, usual: { description: d, default: "as ever" } }
runs: { using: node24, main: main.mjs }
`,
      "tool/main.mjs": `
import { appendFileSync } from "node:fs";
const { env } = process;
appendFileSync(env.GITHUB_OUTPUT, "seen<<E\\n" + env["INPUT_PHASE-RESULT"] + "/" + env.INPUT_USUAL + "\\nE\\n");
appendFileSync(env.GITHUB_ENV, "TOOL=ready\\n");
console.log("::add-mask::hidden-thing");
console.log("a hidden-thing");
`,
      "prepare/action.yml": `
name: p
description: p
inputs: { who: { description: d } }
outputs: { greeting: { description: d, value: "\${{ steps.g.outputs.text }}" } }
runs:
  using: composite
  steps: [{ id: g, shell: bash, run: 'echo "text=hello \${{ inputs.who }}" >> "$GITHUB_OUTPUT"' }]
`,
    });
    fake.deliver("push", {});
    await runner.idle();
    expect(only().conclusion).toBe("success");
    expect(logOf("a")).toContain("success/as ever hello world ready");
    expect(logOf("a")).toContain("a ***");
  });
});
