import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { openSqliteQueue } from "../../src/queue/open-sqlite-queue.ts";
import { commandComment, deliver } from "./deliver.ts";
import { type AppProcess, spawnApp, untilReady } from "./spawn-app.ts";

let folder: string;
let running: AppProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "archwright-process-"));
});
afterEach(async () => {
  for (const { child, ended } of running) {
    child.kill("SIGKILL");
    await ended;
  }
  running = [];
  await rm(folder, { recursive: true, force: true });
});

const start = async (change: Record<string, string> = {}): Promise<AppProcess> => {
  const started = await spawnApp(folder, change);
  running.push(started);
  return started;
};

async function states(ids: readonly string[]): Promise<unknown[]> {
  const queue = openSqliteQueue(join(folder, "queue.sqlite"));
  if (!queue.ok) throw new Error(queue.failure.reason);
  const found = await Promise.all(ids.map((id) => queue.value.find(id)));
  await queue.value.close();
  return found.map((each) => (each.ok ? each.value : each.failure.reason));
}

const send = ({ url }: AppProcess, n: number): Promise<number> =>
  deliver(url, { guid: `g-${n}`, event: "issue_comment", payload: commandComment(n) });

test("what was acknowledged is there after kill -9 in the same moment", async () => {
  const acknowledged: string[] = [];
  for (const round of [0, 1, 2]) {
    const app = await start();
    await untilReady(app);
    const burst = Array.from({ length: 40 }, async (_, k) => {
      const n = 1_000 * (round + 1) + k;
      const status = await send(app, n).catch(() => 0);
      if (status === 202) acknowledged.push(`g-${n}`);
      if (acknowledged.length >= 15 * (round + 1)) app.child.kill("SIGKILL");
    });
    await Promise.all(burst);
    app.child.kill("SIGKILL");
    await app.ended;
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(45);
  const found = await states(acknowledged);
  expect(found.filter((state) => state !== "waiting" && state !== "running")).toEqual([]);
});

test("SIGTERM ends in order: nothing is taken any more, and what ran is returned", async () => {
  const app = await start();
  await untilReady(app);
  expect(await send(app, 1)).toBe(202);
  app.child.kill("SIGTERM");
  const began = Date.now();
  expect(await app.ended).toBe(0);
  // One second is given to jobs, three more to those that do not listen.
  expect(Date.now() - began).toBeLessThan(6_000);
  expect(app.output()).toContain("once more ends at once");
  expect(app.output()).toContain('"msg":"stopped"');
  expect(await states(["g-1"])).toEqual(["waiting"]);
});

test("a second signal ends at once, and loses nothing either", async () => {
  const app = await start({ STOP_SECONDS: "60" });
  await untilReady(app);
  expect(await send(app, 1)).toBe(202);
  app.child.kill("SIGTERM");
  await new Promise((resolve) => setTimeout(resolve, 300));
  const began = Date.now();
  app.child.kill("SIGTERM");
  expect(await app.ended).toBe(130);
  expect(Date.now() - began).toBeLessThan(2_000);
  expect(["waiting", "running"]).toContain((await states(["g-1"]))[0]);
});

test("what is missing or wrong is one line each, with the variable's name", async () => {
  const app = await start({
    APP_ID: "my-app",
    PRIVATE_KEY: "not a key",
    WEBHOOK_SECRET: "",
    WORKERS: "many",
  });
  expect(await app.ended).toBe(2);
  const lines = app.output().trim().split("\n");
  expect(lines.map((line) => line.split(/[ :]/)[0]).sort()).toEqual([
    "APP_ID",
    "PRIVATE_KEY",
    "WEBHOOK_SECRET",
    "WORKERS",
  ]);
  expect(app.output()).not.toContain("not a key");
});

test("with nothing configured it opens the page that makes the App, and says where", async () => {
  const none = { APP_ID: "", PRIVATE_KEY: "", WEBHOOK_SECRET: "", GITHUB_API_URL: "" };
  const app = await start(none);
  let page: Response | null = null;
  for (let tries = 0; tries < 200 && !page; tries += 1) {
    page = await fetch(`${app.url}/probot`).catch(() => null);
    if (!page) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(page?.status).toBe(200);
  expect(app.output()).toMatch(/Nothing is configured yet\. Open http:\/\/127\.0\.0\.1:\d+/);
});

test("a port that is taken, or a queue that cannot be opened, is a sentence", async () => {
  const app = await start({ ARCHWRIGHT_DATA: "/dev/null/nowhere" });
  expect(await app.ended).toBe(1);
  expect(app.output()).toContain("The queue cannot be reached");
  const first = await start();
  await untilReady(first);
  const second = await start({ PORT: new URL(first.url).port });
  expect(await second.ended).toBe(1);
  expect(second.output()).toContain("already in use");
});
