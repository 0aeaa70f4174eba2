import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Summary } from "../../src/cli/summarize.ts";
import type { Lease } from "../../src/workflow/phase.ts";
import { type ScriptedServer, startScriptedServer } from "../model/scripted-server.ts";
import {
  addServer,
  clearTrap,
  editConfig,
  holdCommands,
  type Live,
  listBelongings,
  listOurRefs,
  optionsOf,
  startArchwright,
  waitUntil,
  withQuickCommands,
} from "./live.ts";
import { bareEnvironment, type Called, copyScene, type LedgerEvent, type Scene } from "./scene.ts";
import { leanScene } from "./stages.ts";

// Ctrl-C and `kill -9` in every phase, over and over in the same feature; the last run ends as one that nobody
// disturbed. Where a phase waits for its model, a server that never answers takes the place of the scripted one.

const branch = "archwright/1-export-invoices-as-csv-for-the-accountant-01";

let server: ScriptedServer;
let undisturbed: Scene;
let expected: { summary: Summary; tree: string };
const scenes: Scene[] = [];

beforeAll(async () => {
  server = await startScriptedServer();
  server.handle(() => ({ breakOff: "stall" }));
  const fresh = await leanScene(withQuickCommands);
  addServer(fresh, "silent", server.url);
  // Runs that are killed count as having spent all that they could.
  editConfig(fresh, (text) => `${text}\nbudget:\n  issue: 100\n  day: 100\n  tokens: 100000000\n`);
  undisturbed = copyScene(fresh);
  scenes.push(fresh, undisturbed);
  expected = await endOf(undisturbed, await undisturbed.run());
}, 120_000);

afterAll(async () => {
  for (const scene of scenes) scene.close();
  await server.close();
});

async function endOf(scene: Scene, called: Called & { summary: Summary | null }) {
  expect(`${called.code} ${called.stderr}`).toMatch(/^0 /);
  const tree = await scene.git("rev-parse", `${branch}:src`);
  return { summary: called.summary as Summary, tree };
}

type Role = "architect" | "validator" | "builder" | "reviewer";

/** Starts a run in which the model of one role never answers, and waits until it has been asked. */
async function runUntilAsked(scene: Scene, role: Role): Promise<Live> {
  const asked = server.requests.length;
  const live = startArchwright(scene, runOptions(scene, [`${role}=silent:model`]));
  await Promise.race([waitUntil(() => server.requests.length > asked), live.ended.then(tooSoon)]);
  return live;
}

/** Starts a run whose next checkpoint waits, and comes back when it does. */
async function runUntilHeld(scene: Scene, passes = 0): Promise<Live> {
  const gate = holdCommands(scene, passes);
  const live = startArchwright(scene, runOptions(scene));
  await Promise.race([gate.reached(), live.ended.then(tooSoon)]);
  return live;
}

const tooSoon = ({ code, stdout, stderr }: Called): never => {
  throw new Error(`ended with ${code} before it could be disturbed\n${stdout}\n${stderr}`);
};

const runOptions = (scene: Scene, models: readonly string[] = []): string[] => [
  ...["run", "--issue", scene.request, "--yes"],
  ...optionsOf(scene, models),
];

type Moment = { name: string; begin: (scene: Scene) => Promise<Live>; phase: string };

/** In the order in which a feature comes to them. */
const moments: readonly Moment[] = [
  { name: "design", begin: (scene) => runUntilAsked(scene, "architect"), phase: "design" },
  { name: "validate", begin: (scene) => runUntilAsked(scene, "validator"), phase: "validate" },
  { name: "a step", begin: (scene) => runUntilAsked(scene, "builder"), phase: "build" },
  { name: "a checkpoint", begin: (scene) => runUntilHeld(scene), phase: "build" },
  { name: "review", begin: (scene) => runUntilAsked(scene, "reviewer"), phase: "review" },
];

const lastPhase = (events: LedgerEvent[]): string => {
  const started = events.findLast(({ type }) => type === "PhaseStarted");
  return (started as { lease: { phase: string } } & LedgerEvent).lease.phase;
};

/** Disturbs a run of the feature at every moment, each time going on from where the last one was left. */
async function disturbAll(scene: Scene, disturb: (live: Live) => void): Promise<Called[]> {
  const ends: Called[] = [];
  for (const { begin, phase } of moments) {
    const live = await begin(scene);
    expect(lastPhase(await scene.events())).toBe(phase);
    disturb(live);
    ends.push(await live.ended);
    clearTrap(scene);
  }
  return ends;
}

async function newScene(): Promise<Scene> {
  const scene = copyScene(scenes[0] as Scene);
  scenes.push(scene);
  return scene;
}

/** The review of the first build is scripted by that build's attempt: those that were disturbed count, too. */
function repeatReview(scene: Scene, disturbed: number): void {
  for (const ending of ["json", "again.json"]) {
    const from = join(scene.replies, `review.BUILD_01.1.${ending}`);
    cpSync(from, join(scene.replies, `review.BUILD_01.${1 + disturbed}.${ending}`), {
      force: true,
    });
  }
}

async function expectSameEnd(scene: Scene, before: unknown): Promise<void> {
  repeatReview(scene, 2);
  const { summary, tree } = await endOf(scene, await scene.run());
  expect(summary.scores).toEqual(expected.summary.scores);
  expect(summary.rounds).toBe(expected.summary.rounds);
  expect(summary.next).toEqual(expected.summary.next);
  expect(summary.commits).toBe(expected.summary.commits);
  expect(tree).toBe(expected.tree);
  expect(await listBelongings(scene.repository)).toEqual(before);
  const verified = await scene.archwright(["ledger", "verify"]);
  expect(verified.code).toBe(0);
}

describe("Ctrl-C in every phase", () => {
  test("keeps the work, says how to go on, ends with 130, and the last run ends as if nothing had been", async () => {
    const scene = await newScene();
    const before = await listBelongings(scene.repository);
    const ends = await disturbAll(scene, (live) => live.interrupt());
    for (const { code, stderr } of ends) {
      expect(stderr).toMatch(
        /Interrupted: keeping the work\. Running the same command again resumes/,
      );
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(code).toBe(130);
    }
    const events = await scene.events();
    const failures = events.filter(({ type }) => type === "PhaseFailed");
    expect(failures.map(({ reason }) => reason)).toEqual(moments.map(() => "interrupted"));
    expect(await listOurRefs(scene.repository)).toContain("refs/archwright/work/1/BUILD_01-1");
    await expectSameEnd(scene, before);
  }, 120_000);
});

describe("Ctrl-C twice", () => {
  test("does not wait for a command that will not end; what is left of it is found by the next run", async () => {
    const scene = await newScene();
    const before = await listBelongings(scene.repository);
    const gate = holdCommands(scene, 0, "trap '' TERM INT");
    const live = startArchwright(scene, runOptions(scene));
    await gate.reached();
    live.interrupt();
    await live.until(/Ctrl-C again ends at once/);
    live.interrupt();
    expect((await live.ended).code).toBe(130);
    // It had no time to say so in the ledger: the lease is that of a process that is gone.
    expect((await scene.events()).filter(({ type }) => type === "PhaseFailed")).toEqual([]);
    clearTrap(scene);
    repeatReview(scene, 1);
    await endOf(scene, await scene.run());
    expect(await listBelongings(scene.repository)).toEqual(before);
  });
});

describe("Ctrl-C while git is writing", () => {
  /** A git that, before its first call of this verb, lets Ctrl-C happen in the terminal of who called it. */
  function interruptingGit(scene: Scene, verb: string): Record<string, string> {
    const folder = join(scene.folder, "bin");
    mkdirSync(folder, { recursive: true });
    const { PATH = "" } = bareEnvironment(scene.folder);
    const script = [
      "#!/bin/sh",
      `case " $* " in *" ${verb} "*) if [ ! -e "${folder}/done" ]; then`,
      `  : > "${folder}/done"; kill -s INT -- -"$PPID"; sleep 0.2`,
      "fi;; esac",
      `PATH='${PATH}'; exec git "$@"`,
    ];
    writeFileSync(join(folder, "git"), `${script.join("\n")}\n`, { mode: 0o755 });
    return { PATH: `${folder}${delimiter}${PATH}` };
  }

  test.each([
    ["update-ref", 0],
    ["fetch", 1],
  ])("git %s finishes what it does", async (verb, disturbed) => {
    const scene = await newScene();
    const before = await listBelongings(scene.repository);
    const live = startArchwright(scene, runOptions(scene), interruptingGit(scene, verb));
    const { code, stdout, stderr } = await live.ended;
    expect(stderr).toMatch(/Interrupted: keeping the work/);
    expect(stdout + stderr).not.toMatch(/git .* failed|could not be reached/);
    expect(code).toBe(130);
    expect(await listBelongings(scene.repository)).toEqual(before);
    expect((await scene.archwright(["ledger", "verify"])).code).toBe(0);
    const failed = (await scene.events()).filter(({ type }) => type === "PhaseFailed");
    expect(failed.map(({ reason }) => reason)).toEqual(failed.map(() => "interrupted"));
    if (disturbed === 0) return;
    repeatReview(scene, disturbed);
    await endOf(scene, await scene.run());
  });
});

describe("kill -9 in every phase", () => {
  test("loses no finished step; what was reserved counts as spent; the last run ends as if nothing had been", async () => {
    const scene = await newScene();
    const before = await listBelongings(scene.repository);
    const ends = await disturbAll(scene, (live) => live.kill());
    expect(ends.map(({ code }) => code)).toEqual(moments.map(() => -1));
    await expectSameEnd(scene, before);
    const events = await scene.events();
    const expired = events.filter(({ type }) => type === "LeaseExpired");
    expect(expired.map(({ why }) => why)).toEqual(moments.map(() => "run-gone"));
    await expectReservedSpent(scene, expired);
  }, 120_000);

  test("after a finished step, goes on with the next one", async () => {
    const scene = await newScene();
    // The first step has passed its checkpoint and is committed when the second one stands before its own.
    const live = await runUntilHeld(scene, 1);
    live.kill();
    await live.ended;
    clearTrap(scene);
    repeatReview(scene, 1);
    const again = await scene.run();
    expect(`${again.code} ${again.stderr}`).toMatch(/^0 /);
    expect(again.stderr).not.toMatch(/S-1: Write the format \(by the model\)/);
    expect(again.stderr).toMatch(/S-2: Register it/);
  }, 120_000);
});

async function expectReservedSpent(scene: Scene, expired: readonly LedgerEvent[]): Promise<void> {
  const events = await scene.events();
  const reserved = expired.map(({ nonce }) => {
    const started = events.find(
      ({ type, lease }) => type === "PhaseStarted" && (lease as Lease).nonce === nonce,
    );
    return (started?.lease as Lease | undefined)?.reserved.micros ?? 0;
  });
  const settled = events.flatMap(({ type, micros }) =>
    type === "PhaseSettled" ? [micros as number] : [],
  );
  const status = await scene.archwright(["status", "--issue", "1", "--json"]);
  const { cost } = JSON.parse(status.stdout) as Summary;
  const sum = (all: readonly number[]): number => all.reduce((total, each) => total + each, 0);
  expect(cost.micros).toBe(sum(reserved) + sum(settled));
}
