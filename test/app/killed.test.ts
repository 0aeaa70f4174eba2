import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { holdReply } from "../e2e-action/hold-reply.ts";
import { design } from "../e2e-action/replies.ts";
import { environmentOf } from "./open-app.ts";
import { type Hamlet, openHamlet, until } from "./open-hamlet.ts";
import { countOf, offSpecIn, readLedger, readThread } from "./read-hamlet.ts";

// The App is killed with -9 in the middle of something, and started again over the same folder.

let hamlet: Hamlet;
let restore: () => void;
let folder: string;
let app: ChildProcess;
let lines: string[] = [];
beforeAll(async () => {
  hamlet = await openHamlet();
  restore = hamlet.github.save();
}, 180_000);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "archwright-killed-"));
  lines = [];
  app = start();
});
afterEach(async () => {
  hamlet.github.onRequest = null;
  await kill();
  await hamlet.runner.idle();
  restore();
  rmSync(folder, { recursive: true, force: true });
});
afterAll(async () => await hamlet?.close());

const door = join(import.meta.dirname, "app-process.ts");

function start(): ChildProcess {
  const environment = { ...environmentOf(folder), ...hamlet.environment, ANSWERS: hamlet.answers };
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", door], {
    env: { PATH: process.env.PATH ?? "", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => void lines.push(text));
  }
  return child;
}

async function kill(): Promise<void> {
  if (app.exitCode !== null || app.signalCode !== null) return;
  const ended = once(app, "close");
  app.kill("SIGKILL");
  await ended;
}

const log = () => ({ lines });

async function ask(): Promise<number> {
  const { port } = new URL(hamlet.installed.webhookUrl ?? "");
  await until(log(), () => lines.join("").includes("known to GitHub") && port);
  const { mary } = hamlet;
  const issue = await mary.openIssue({ title: "Greet readers", body: "A file should greet." });
  await mary.label(issue, "archwright");
  return issue;
}

/** The App dies when GitHub gets the n-th request of this kind, before it is answered; then another one is started. */
function dieAt(method: string, path: RegExp, nth = 1): { died: () => boolean } {
  let seen = 0;
  let died = false;
  hamlet.github.onRequest = (_n, by, where) => {
    if (died || by !== method || !path.test(where)) return;
    seen += 1;
    if (seen < nth) return;
    died = true;
    app.kill("SIGKILL");
    void once(app, "close").then(() => {
      app = start();
    });
  };
  return { died: () => died };
}

async function expectWhole(issue: number): Promise<void> {
  await until(log(), () => readThread(hamlet, issue).status.includes("waiting for approval"));
  await until(log(), () =>
    readThread(hamlet, issue).own.some((body) => /\*\*Ready\*\*/.test(body)),
  );
  const { own } = readThread(hamlet, issue);
  const keys = own.map((body) => /key=(\S+)/.exec(body)?.[1] ?? "");
  expect(keys.map((key) => key.replace(/-[0-9a-f]{12}$/, ""))).toEqual([
    "status",
    "plan-main-1",
    "spec-main-1-BUILD_01",
    "validation-1",
  ]);
  const ledger = readLedger(hamlet, issue);
  expect([countOf(ledger, "PhaseStarted"), countOf(ledger, "PhaseSettled")]).toEqual([2, 2]);
  expect([countOf(ledger, "LeaseExpired"), countOf(ledger, "PhaseFailed")]).toEqual([0, 0]);
  expect(offSpecIn(hamlet)).toEqual([]);
}

/** Requests to a model that the design is said to have cost. */
function requestsOf(issue: number): number {
  const settled = readLedger(hamlet, issue).find(({ type }) => type === "PhaseSettled");
  const spent = (settled?.spent ?? []) as { requests: number }[];
  return spent.reduce((sum, { requests }) => sum + requests, 0);
}

test("between taking a delivery and working it off", async () => {
  const issue = ask();
  const { died } = dieAt("GET", /^\/repos\/[^/]+\/[^/]+$/);
  await expectWhole(await issue);
  expect(died()).toBe(true);
}, 240_000);

test("in the middle of a design: it is begun again under its lease, and what was asked before counts", async () => {
  const held = holdReply(join(hamlet.answers, "design.json"), design);
  const issue = await ask();
  await held.reached;
  await kill();
  app = start();
  held.release();
  await expectWhole(issue);
  expect(requestsOf(issue)).toBe(2);
}, 240_000);

test("in the middle of showing a design: the model is not asked again", async () => {
  const { died } = dieAt("POST", /\/issues\/\d+\/comments$/, 2);
  const issue = await ask();
  await expectWhole(issue);
  expect(died()).toBe(true);
  expect(requestsOf(issue)).toBe(1);
}, 240_000);

test("in the middle of publishing what a run hands over", async () => {
  const { died } = dieAt("GET", /\/actions\/artifacts\/\d+\/zip$/);
  await expectWhole(await ask());
  expect(died()).toBe(true);
}, 240_000);

test("after the ledger has what a run handed over, and before anybody sees it", async () => {
  const { died } = dieAt("POST", /\/issues\/\d+\/comments$/, 4);
  await expectWhole(await ask());
  expect(died()).toBe(true);
}, 240_000);
