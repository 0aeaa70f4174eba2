import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { execa } from "execa";
import { buildAction } from "./build-action.ts";

// The bundle spawned as the runner does: INPUT_*, GITHUB_* and nothing else of ours.

let entry: string;
let folder: string;
beforeAll(async () => {
  entry = join(await buildAction(), "action/dist/index.mjs");
}, 60_000);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "archwright-start-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = {
  GITHUB_REPOSITORY: "acme/widgets",
  GITHUB_RUN_ID: "17",
  GITHUB_RUN_ATTEMPT: "1",
  GITHUB_WORKFLOW_REF: "acme/widgets/.github/workflows/archwright.yml@refs/heads/main",
  // Nobody listens there.
  GITHUB_API_URL: "http://127.0.0.1:9",
  GITHUB_SERVER_URL: "http://127.0.0.1:9",
  GITHUB_EVENT_NAME: "issue_comment",
};

async function spawn(environment: Record<string, string>, event?: unknown) {
  const files = {
    GITHUB_OUTPUT: "output",
    GITHUB_STEP_SUMMARY: "page",
    GITHUB_EVENT_PATH: "event",
  };
  const paths = Object.fromEntries(
    Object.entries(files).map(([name, file]) => [name, join(folder, file)]),
  );
  for (const path of Object.values(paths)) writeFileSync(path, "");
  if (event !== undefined) writeFileSync(join(folder, "event"), JSON.stringify(event));
  const ended = await execa(process.execPath, [entry], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "", RUNNER_TEMP: folder, ...paths, ...environment },
    extendEnv: false,
    reject: false,
  });
  const output = readFileSync(join(folder, "output"), "utf8");
  const outcome = /^outcome<<(\S+)\n(.*)\n\1$/m.exec(output)?.[2] ?? null;
  return { ...ended, outcome, page: readFileSync(join(folder, "page"), "utf8") };
}

describe("every run ends in one named outcome", () => {
  test("a wrong input is named, with what is right", async () => {
    const { exitCode, outcome, page, stdout } = await spawn({ INPUT_JOB: "deploy" });
    expect([exitCode, outcome]).toEqual([2, "failed"]);
    expect(page).toContain('The input `job` is wrong: "deploy" is none of check, route');
    expect(stdout).toMatch(/^::error::The input `job` is wrong/m);
  });

  test.each(["route", "checks", "phase", "publish"])(
    "%s outside of Actions says so",
    async (job) => {
      const work = JSON.stringify({
        issue: 1,
        phase: "review",
        nonce: "a".repeat(64),
        head: "b".repeat(40),
      });
      const inputs = {
        INPUT_JOB: job,
        "INPUT_GITHUB-TOKEN": "ghs_token_of_nobody_at_all",
        INPUT_WORK: work,
      };
      const { exitCode, outcome, page } = await spawn(inputs);
      expect([exitCode, outcome]).toEqual([2, "failed"]);
      expect(page).toContain("GITHUB_REPOSITORY");
    },
  );

  test("an event that is nothing for us is green and named", async () => {
    const inputs = {
      ...run,
      INPUT_JOB: "route",
      "INPUT_GITHUB-TOKEN": "ghs_x",
      GITHUB_EVENT_NAME: "star",
    };
    const { exitCode, outcome, page } = await spawn(inputs, {});
    expect([exitCode, outcome]).toEqual([0, "ignored"]);
    expect(page).toContain("the event star is not for us");
  });

  test("an event that is not as GitHub documents is red", async () => {
    const inputs = { ...run, INPUT_JOB: "route", "INPUT_GITHUB-TOKEN": "ghs_x" };
    const { exitCode, outcome, page } = await spawn(inputs, { action: "created" });
    expect([exitCode, outcome]).toEqual([1, "failed"]);
    expect(page).toContain("is not what GitHub documents");
  });

  test("a GitHub that does not answer is red, and the token is nowhere", async () => {
    const secret = "a-token-without-any-shape-of-one";
    const work = JSON.stringify({
      issue: 1,
      phase: "build",
      nonce: "a".repeat(64),
      head: "b".repeat(40),
    });
    const inputs = { ...run, INPUT_JOB: "phase", "INPUT_GITHUB-TOKEN": secret, INPUT_WORK: work };
    const { exitCode, outcome, page, stdout } = await spawn(inputs);
    expect([exitCode, outcome]).toEqual([1, "failed"]);
    expect(page).toContain("GitHub did not answer");
    const lines = stdout.split("\n").filter((line) => !line.startsWith("::add-mask::"));
    expect(lines.join("\n") + page).not.toContain(secret);
  }, 60_000);
});

test("what is loaded before the inputs are read is small, and none of it a library", () => {
  const code = readFileSync(entry, "utf8");
  const chunks = [...code.matchAll(/^import[^"']*["']\.\/(chunk-[\w-]+\.mjs)["']/gm)].map(
    ([, name]) => name ?? "",
  );
  const bytes = chunks.reduce(
    (sum, name) => sum + readFileSync(join(entry, "..", name)).length,
    code.length,
  );
  expect(bytes).toBeLessThan(30_000);
  const loaded = execFileSync(
    process.execPath,
    [
      "--input-type=module",
      "-e",
      `import { registerHooks } from "node:module"; const seen = [];
     registerHooks({ load(url, context, next) { if (url.startsWith("file:")) seen.push(url); return next(url, context); } });
     process.env.INPUT_JOB = "none"; await import(${JSON.stringify(entry)}); console.log(seen.length); process.exitCode = 0;`,
    ],
    { encoding: "utf8", env: { PATH: process.env.PATH } },
  );
  expect(Number(loaded.trim().split("\n").at(-1))).toBeLessThan(12);
});
