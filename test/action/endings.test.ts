import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { execa } from "execa";
import { buildAction } from "./build-action.ts";
import { openScene, type Scene, type SceneOptions } from "./open-scene.ts";

let scene: Scene | null = null;
const open = async (options: SceneOptions = {}): Promise<Scene> => {
  scene = await openScene(options);
  return scene;
};
afterEach(async () => {
  await scene?.close();
  scene = null;
});

/** How each job of each run ended, oldest first. */
const outcomes = ({ runner }: Scene): string[] =>
  [...runner.runs]
    .sort((a, b) => a.id - b.id)
    .flatMap(({ jobs }) => jobs)
    .flatMap(
      ({ log }) =>
        /^(route|checks|phase|publish): ([a-z-]+)\./m.exec(log)?.slice(1, 3).join(" ") ?? [],
    );

const thread = ({ standIn }: Scene): string => JSON.stringify(standIn.picture());

test("a phase whose machine is lost is told in the thread, and the button means /retry", async () => {
  let lost = true;
  const opened = await open({
    onStep: ({ job, kill }) => {
      if (lost && job.endsWith("phase")) kill({ machine: true });
    },
  });
  const mary = opened.person("mary", "maintain");
  await opened.request(mary);
  expect(outcomes(opened)).toEqual(["route started", "publish run-lost"]);
  expect(thread(opened)).toContain("The run ended without a result");
  expect(thread(opened)).toContain("/retry design");
  lost = false;
  const [run] = opened.runner.runs;
  await opened.runner.rerun(run?.id ?? 0, "mary", "all");
  await opened.runner.idle();
  expect(thread(opened)).toContain("waiting for approval");
  expect(opened.standIn.offSpec).toEqual([]);
}, 120_000);

test("commands that only ask are answered, chatter and strangers start nothing that costs", async () => {
  const opened = await open();
  const mary = opened.person("mary", "maintain");
  const rita = opened.person("rita", "read");
  const issue = await mary.openIssue({ title: "Something", body: "to do" });
  await rita.comment(issue, "/design");
  await rita.comment(issue, "/help");
  await mary.comment(issue, "/aprove");
  await opened.runner.idle();
  expect(outcomes(opened).sort()).toEqual(["route answered", "route refused", "route refused"]);
  expect(thread(opened)).toContain("Your role is read");
  expect(thread(opened)).toContain("/approve");
  expect(opened.standIn.offSpec).toEqual([]);
}, 120_000);

test("the job that runs code of others refuses a token that may write, and a model's key", async () => {
  const { standIn } = await open();
  const entry = join(await buildAction(), "action/dist/index.mjs");
  const work = JSON.stringify({
    issue: 1,
    phase: "review",
    nonce: "a".repeat(64),
    head: "b".repeat(40),
  });
  const spawn = (token: string, more: Record<string, string> = {}) =>
    execa(process.execPath, [entry], {
      extendEnv: false,
      reject: false,
      env: {
        PATH: process.env.PATH ?? "",
        INPUT_JOB: "checks",
        "INPUT_GITHUB-TOKEN": token,
        INPUT_WORK: work,
        GITHUB_REPOSITORY: `${standIn.owner}/${standIn.repo}`,
        GITHUB_RUN_ID: "17",
        GITHUB_WORKFLOW_REF: `${standIn.owner}/${standIn.repo}/.github/workflows/archwright.yml@refs/heads/main`,
        GITHUB_API_URL: standIn.url,
        GITHUB_SERVER_URL: standIn.gitUrl,
        ...more,
      },
    });
  const reading = standIn.actionsToken({ contents: "read" });
  const writing = await spawn(standIn.actionsToken({ contents: "write" }));
  expect([writing.exitCode, writing.stdout]).toEqual([
    1,
    expect.stringContaining("holds a `github-token` that may write"),
  ]);
  const keyed = await spawn(reading, { ANTHROPIC_API_KEY: "some-key-of-a-model" });
  expect([keyed.exitCode, keyed.stdout]).toEqual([
    1,
    expect.stringContaining("holds the key in `ANTHROPIC_API_KEY`"),
  ]);
  const clean = await spawn(reading);
  expect(clean.stdout).not.toContain("this job holds");
  const refs = execFileSync("git", ["-C", standIn.bare, "for-each-ref", "refs/archwright"], {
    encoding: "utf8",
  });
  expect(refs).toBe("");
}, 60_000);

test("a route that dies after it took the lease is taken up by the button: nothing is paid twice, nothing said twice", async () => {
  let kill: (() => void) | null = null;
  const opened = await open({
    onStep: (step) => {
      if (step.job.endsWith("route")) kill = () => step.kill();
    },
  });
  const { standIn, runner } = opened;
  const mary = opened.person("mary", "maintain");
  standIn.onRequest = (_n, method, path) => {
    if (method !== "POST" || !/\/issues\/\d+\/comments$/.test(path)) return;
    kill?.();
    standIn.onRequest = null;
  };
  await opened.request(mary);
  const [run] = runner.runs;
  expect(run?.conclusion).toBe("failure");
  await runner.rerun(run?.id ?? 0, "mary", "failed");
  await runner.idle();
  const file = "refs/archwright/issues/1:events.jsonl";
  const events = execFileSync("git", ["-C", standIn.bare, "show", file], { encoding: "utf8" });
  const types = [...events.matchAll(/"type":"(\w+)"/g)].map(([, type]) => type);
  expect(types.slice(0, 4)).toEqual([
    "FeatureOpened",
    "DesignRequested",
    "PhaseStarted",
    "LeaseClaimed",
  ]);
  expect(types).not.toContain("LeaseExpired");
  expect(thread(opened)).toContain("waiting for approval");
  expect(thread(opened).match(/key=status /g)).toHaveLength(1);
  expect(standIn.offSpec).toEqual([]);
}, 200_000);

test("a publish that dies before it could dispatch is mended by the next sweep", async () => {
  let kill: (() => void) | null = null;
  const opened = await open({
    onStep: (step) => {
      if (step.job.endsWith("publish")) kill = () => step.kill();
    },
  });
  const { standIn, runner } = opened;
  standIn.onRequest = (_n, method, path) => {
    if (method !== "POST" || !path.endsWith("/dispatches")) return;
    kill?.();
    standIn.onRequest = null;
  };
  standIn.fail({ method: "POST", route: /dispatches$/, kind: "reset", times: 1 });
  await opened.request(opened.person("mary", "maintain"));
  expect(outcomes(opened)).toEqual(["route started", "phase handed-over"]);
  runner.schedule();
  await runner.idle();
  expect(outcomes(opened)).toContain("route swept");
  expect(thread(opened)).toContain("waiting for approval");
  expect(standIn.offSpec).toEqual([]);
}, 200_000);
