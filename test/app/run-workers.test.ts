import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { openLog } from "../../src/app/open-log.ts";
import { type JobEnd, JobLost, runWorkers, type Workers } from "../../src/app/run-workers.ts";
import { openSqliteQueue } from "../../src/queue/open-sqlite-queue.ts";
import type { Job, Queue } from "../../src/queue/port.ts";
import type { Failure } from "../../src/shared/failure.ts";

let folder: string;
let queue: Queue;
let workers: Workers | null = null;
let dead: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "archwright-workers-"));
  const opened = openSqliteQueue(join(folder, "queue.sqlite"), { attempts: 3 });
  if (!opened.ok) throw new Error(opened.failure.reason);
  queue = opened.value;
  dead = [];
});
afterEach(async () => {
  await workers?.stop(100);
  workers = null;
  await queue.close();
  await rm(folder, { recursive: true, force: true });
});

type Work = (job: Job, signal: AbortSignal) => Promise<JobEnd>;
const start = (work: Work, change: object = {}): Workers => {
  workers = runWorkers({
    queue,
    workers: 3,
    work,
    onDead: async (job) => void dead.push(job.id),
    log: openLog("silent", []),
    idleMilliseconds: 20,
    backoffMilliseconds: 20,
    ...change,
  });
  return workers;
};
const add = async (id: string, lane = id): Promise<void> => {
  await queue.enqueue({ id, key: id, lane, data: null });
};
const stateOf = async (id: string): Promise<string | null> => {
  const found = await queue.find(id);
  return found.ok ? found.value : "failed";
};
const until = async (what: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; !(await what()); tries += 1) {
    if (tries > 500) throw new Error("it did not come");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
const failure: Failure = { reason: "forge-unavailable", status: 502, detail: "bad gateway" };

test("works lanes side by side, and each in its order", async () => {
  for (const id of ["a1", "b1", "a2", "c1", "a3"]) await add(id, id[0]);
  const seen: string[] = [];
  let together = 0;
  let most = 0;
  start(async ({ id }) => {
    together += 1;
    most = Math.max(most, together);
    seen.push(id);
    await new Promise((resolve) => setTimeout(resolve, 30));
    together -= 1;
    return { kind: "done" };
  });
  await until(async () => (await stateOf("a3")) === "done");
  expect(seen.filter((id) => id.startsWith("a"))).toEqual(["a1", "a2", "a3"]);
  expect(most).toBe(3);
});

test("tries again what failed, and a job that broke, and tells of what it gives up", async () => {
  await add("again");
  await add("broken");
  await add("hopeless");
  const tries: Record<string, number> = {};
  start(async ({ id, attempt }) => {
    tries[id] = attempt;
    if (id === "hopeless") return { kind: "again", failure };
    if (attempt > 1) return { kind: "done" };
    if (id === "broken") throw new Error("a bug");
    return { kind: "again", failure, delay: 5 };
  });
  await until(async () => dead.length > 0 && (await stateOf("broken")) === "done");
  expect(tries).toEqual({ again: 2, broken: 2, hopeless: 3 });
  expect(dead).toEqual(["hopeless"]);
  expect(await stateOf("hopeless")).toBe("dead");
});

test("gives up sooner what says so, and tells of it once", async () => {
  await add("stubborn");
  let starts = 0;
  start(async () => {
    starts += 1;
    return { kind: "again", failure, delay: 5, most: 2 };
  });
  await until(async () => (await stateOf("stubborn")) === "done" && dead.length > 0);
  expect([starts, dead]).toEqual([2, ["stubborn"]]);
});

test("a job that another process has taken over learns it, and is not ended here", async () => {
  await add("slow");
  let why: unknown;
  start(
    async (_job, signal) => {
      const other = new DatabaseSync(join(folder, "queue.sqlite"));
      other.exec("update job set owner = 'another process'");
      other.close();
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      why = signal.reason;
      return { kind: "done" };
    },
    { leaseMilliseconds: 90 },
  );
  await until(async () => why !== undefined);
  expect(why).toBeInstanceOf(JobLost);
  expect(await stateOf("slow")).not.toBe("done");
});

test("keeps the lease of a long job, so that nobody else takes it", async () => {
  await add("long");
  let starts = 0;
  start(
    async () => {
      starts += 1;
      await new Promise((resolve) => setTimeout(resolve, 700));
      return { kind: "done" };
    },
    { leaseMilliseconds: 200 },
  );
  await until(async () => (await stateOf("long")) === "done");
  expect(starts).toBe(1);
});

test("a stop waits for what runs, and interrupts and returns what takes too long", async () => {
  await add("short");
  await add("endless");
  await until(async () => true);
  const begun: string[] = [];
  const running = start(async ({ id }, signal) => {
    begun.push(id);
    if (id === "short") {
      await new Promise((resolve) => setTimeout(resolve, 100));
      return { kind: "done" };
    }
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    return { kind: "again", failure };
  });
  await until(async () => begun.length === 2);
  await running.stop(300);
  expect([await stateOf("short"), await stateOf("endless")]).toEqual(["done", "waiting"]);
  // As if it had never been claimed.
  const claimed = await queue.claim(1_000);
  expect(claimed).toMatchObject({ ok: true, value: { id: "endless", attempt: 1 } });
});
