import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { openQueueAt } from "../../src/queue/open-queue-at.ts";
import type { Job, Queue } from "../../src/queue/port.ts";
import type { QueueOptions } from "../../src/queue/queue-options.ts";
import type { Result } from "../../src/shared/result.ts";
import { type QueueProcess, spawnQueue, until } from "./spawn-queue.ts";

/** Where the queues of a suite live: a new, empty one for each test. */
export type Ground = { place(): Promise<string>; close(): Promise<void> };

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export function get<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

/** What every queue of the App keeps, whatever it is built on. */
export function describeQueue(name: string, open: () => Promise<Ground>): void {
  describe(name, () => {
    let ground: Ground;
    let queues: Queue[] = [];
    let processes: QueueProcess[] = [];

    beforeAll(async () => {
      ground = await open();
    });
    afterEach(async () => {
      for (const { child, ended } of processes) {
        child.kill("SIGKILL");
        await ended;
      }
      for (const queue of queues) await queue.close();
      queues = [];
      processes = [];
    });
    afterAll(async () => await ground?.close());

    const openAt = async (place: string, options: Partial<QueueOptions> = {}): Promise<Queue> => {
      const queue = get(await openQueueAt(place, options));
      queues.push(queue);
      return queue;
    };
    const openNew = async (options: Partial<QueueOptions> = {}) =>
      await openAt(await ground.place(), options);
    const start = (...parameters: Parameters<typeof spawnQueue>): QueueProcess => {
      const started = spawnQueue(...parameters);
      processes.push(started);
      return started;
    };
    const add = async (queue: Queue, id: string, lane = "a", more: object = {}) =>
      get(await queue.enqueue({ id, key: `key-${id}`, lane, data: { id }, ...more }));
    const claim = async (queue: Queue, lease = 60_000): Promise<Job | null> =>
      get(await queue.claim(lease));

    test("gives back what was put in, once", async () => {
      const queue = await openNew();
      expect(await claim(queue)).toBeNull();
      const data = { text: "é\u0000 „x“ 𝄞", list: [1, null, { deep: true }] };
      expect(await add(queue, "1", "a", { data })).toBe(true);
      expect(await claim(queue)).toEqual({ id: "1", lane: "a", data, attempt: 1 });
      expect(await claim(queue)).toBeNull();
      get(await queue.complete("1"));
      expect(await claim(queue)).toBeNull();
      expect(get(await queue.find("1"))).toBe("done");
      expect(get(await queue.find("2"))).toBeNull();
    });

    test("takes an id or a key once, however the job ended", async () => {
      const queue = await openNew({ attempts: 1 });
      expect(await add(queue, "1")).toBe(true);
      expect(await add(queue, "1")).toBe(false);
      expect(await add(queue, "1", "b", { key: "other" })).toBe(false);
      expect(await add(queue, "2", "b", { key: "key-1" })).toBe(false);
      await claim(queue);
      expect(await add(queue, "1")).toBe(false);
      get(await queue.complete("1"));
      expect(await add(queue, "1")).toBe(false);
      expect(await add(queue, "3", "b", { key: "key-1" })).toBe(false);
      expect(await add(queue, "4")).toBe(true);
      await claim(queue);
      expect(get(await queue.retry("4", "broken", 0))).toBe("dead");
      expect(await add(queue, "4")).toBe(false);
      expect(await claim(queue)).toBeNull();
    });

    test("takes one of many that come at once", async () => {
      const queue = await openNew();
      const other = await openAt(await ground.place());
      const same = { id: "1", key: "k", lane: "a", data: null };
      const taken = await Promise.all(Array.from({ length: 20 }, () => queue.enqueue(same)));
      expect(taken.map(get).filter(Boolean)).toHaveLength(1);
      expect(get(await other.enqueue(same))).toBe(true);
    });

    test("keeps the order of a lane and runs its jobs one at a time, lanes side by side", async () => {
      const queue = await openNew();
      for (const id of ["a1", "a2", "b1", "a3", "b2"]) await add(queue, id, id[0]);
      expect((await claim(queue))?.id).toBe("a1");
      expect((await claim(queue))?.id).toBe("b1");
      expect(await claim(queue)).toBeNull();
      get(await queue.complete("b1"));
      expect((await claim(queue))?.id).toBe("b2");
      get(await queue.complete("a1"));
      expect((await claim(queue))?.id).toBe("a2");
      expect(get(await queue.count())).toEqual({ waiting: 1, running: 2, dead: 0 });
    });

    test("finds what may run behind hundreds that wait for their lanes", async () => {
      const queue = await openNew();
      for (let n = 0; n < 150; n += 1) await add(queue, `a${n}`, n % 2 ? "odd" : "even");
      await add(queue, "delayed", "late", { delay: 60_000 });
      await add(queue, "last", "b");
      expect([(await claim(queue))?.id, (await claim(queue))?.id]).toEqual(["a0", "a1"]);
      expect((await claim(queue))?.id).toBe("last");
      expect(await claim(queue)).toBeNull();
      get(await queue.complete("a0"));
      expect((await claim(queue))?.id).toBe("a2");
    });

    test("tries again after the delay, ahead of what came later, and keeps the dead", async () => {
      const queue = await openNew({ attempts: 2 });
      await add(queue, "1");
      await add(queue, "2");
      await claim(queue);
      expect(get(await queue.retry("1", "not yet", 400))).toBe("again");
      expect(await claim(queue)).toBeNull();
      await pause(600);
      expect(await claim(queue)).toMatchObject({ id: "1", attempt: 2, data: { id: "1" } });
      expect(get(await queue.retry("1", "x".repeat(10_000), 0))).toBe("dead");
      expect(get(await queue.find("1"))).toBe("dead");
      expect(get(await queue.count())).toEqual({ waiting: 1, running: 0, dead: 1 });
      expect(await claim(queue)).toMatchObject({ id: "2", attempt: 1 });
    });

    test("runs nothing before its delay, and lets others pass meanwhile", async () => {
      const queue = await openNew();
      await add(queue, "later", "a", { delay: 500 });
      await add(queue, "now");
      expect((await claim(queue))?.id).toBe("now");
      get(await queue.complete("now"));
      expect(await claim(queue)).toBeNull();
      await pause(700);
      expect((await claim(queue))?.id).toBe("later");
    });

    test("returns a job unharmed", async () => {
      const queue = await openNew({ attempts: 1 });
      await add(queue, "1");
      await add(queue, "2");
      for (let round = 0; round < 3; round += 1) {
        expect(await claim(queue)).toMatchObject({ id: "1", attempt: 1 });
        get(await queue.release("1"));
        expect(get(await queue.find("1"))).toBe("waiting");
      }
    });

    test("gives a job whose lease ran out to another, and ends it for that one only", async () => {
      const place = await ground.place();
      const [slow, quick] = [await openAt(place), await openAt(place)];
      await add(slow, "1");
      await claim(slow, 600);
      expect(await claim(quick)).toBeNull();
      expect(get(await slow.renew("1", 900))).toBe(true);
      await pause(700);
      expect(await claim(quick)).toBeNull();
      await pause(500);
      expect(await claim(quick)).toMatchObject({ id: "1", attempt: 2 });
      expect(get(await slow.renew("1", 60_000))).toBe(false);
      get(await slow.complete("1"));
      get(await slow.retry("1", "late", 0));
      get(await slow.release("1"));
      expect(get(await quick.find("1"))).toBe("running");
      get(await quick.complete("1"));
      expect(get(await quick.find("1"))).toBe("done");
      expect(get(await quick.renew("1", 60_000))).toBe(false);
    });

    test("buries a job that takes its process down each time", async () => {
      const place = await ground.place();
      const queue = await openAt(place, { attempts: 2 });
      await add(queue, "1");
      for (let round = 1; round <= 2; round += 1) {
        expect(await claim(queue, 50)).toMatchObject({ attempt: round });
        await pause(150);
      }
      expect(await claim(queue)).toBeNull();
      expect(get(await queue.find("1"))).toBe("dead");
    });

    test("forgets finished jobs after their days, and never their ids before theirs", async () => {
      const place = await ground.place();
      const first = await openAt(place);
      await add(first, "1");
      await claim(first);
      get(await first.complete("1"));
      await add(first, "2");
      await pause(50);
      const second = await openAt(place, { keepDays: 0 });
      expect(get(await second.find("1"))).toBeNull();
      expect(get(await second.find("2"))).toBe("waiting");
      expect(await add(second, "1")).toBe(false);
      const third = await openAt(place, { keepDays: 0, rememberDays: 0 });
      expect(await add(third, "1")).toBe(true);
      // What still waits is not taken twice, however long ago it came.
      expect(await add(third, "2")).toBe(false);
    });

    test("loses nothing that was acknowledged when its writers are killed", async () => {
      const place = await ground.place();
      const writers = [start(place, "write", "x"), start(place, "write", "y")];
      await until(() => writers.every(({ lines }) => lines.length > 50));
      for (const { child, ended } of writers) {
        child.kill("SIGKILL");
        await ended;
      }
      const acknowledged = writers.flatMap(({ lines }) => lines.filter((line) => line !== "ready"));
      const queue = await openAt(place);
      const states = await Promise.all(acknowledged.map(async (id) => get(await queue.find(id))));
      expect(acknowledged.length).toBeGreaterThan(98);
      expect(states.filter((state) => state !== "waiting")).toEqual([]);
    });

    test("frees what a killed process had claimed", async () => {
      const place = await ground.place();
      const queue = await openAt(place);
      await add(queue, "1");
      const dying = start(place, "hold", "1500");
      await until(() => dying.lines.includes("claimed 1"));
      dying.child.kill("SIGKILL");
      await dying.ended;
      expect(await claim(queue)).toBeNull();
      await pause(1_700);
      expect(await claim(queue)).toMatchObject({ id: "1", attempt: 2 });
    });

    test("hands each job to one of two consumers, and each lane in its order", async () => {
      const place = await ground.place();
      const queue = await openAt(place);
      const ids = Array.from({ length: 60 }, (_, n) => `job-${String(n).padStart(2, "0")}`);
      for (const [n, id] of ids.entries()) await add(queue, id, `lane-${n % 4}`);
      const consumers = [start(place, "consume", "x"), start(place, "consume", "y")];
      await Promise.all(consumers.map(({ ended }) => ended));
      const events = consumers
        .flatMap(({ lines }) => lines.filter((line) => line !== "ready"))
        .map((line) => line.split(" "))
        .map(([what = "", lane = "", id = "", at = ""]) => ({ what, lane, id, at: Number(at) }));
      const begun = events.filter(({ what }) => what === "begin");
      expect(begun.map(({ id }) => id).sort()).toEqual(ids);
      for (const lane of new Set(begun.map((event) => event.lane))) {
        const own = events.filter((event) => event.lane === lane);
        const order = begun.filter((event) => event.lane === lane).sort((a, b) => a.at - b.at);
        expect(order.map(({ id }) => id)).toEqual(order.map(({ id }) => id).sort());
        const ends = new Map(own.filter((e) => e.what === "end").map((e) => [e.id, e.at]));
        const overlaps = order.filter((event, n) => {
          const before = order[n - 1];
          return before && (ends.get(before.id) ?? Number.POSITIVE_INFINITY) > event.at;
        });
        expect(overlaps).toEqual([]);
      }
    });
  });
}
