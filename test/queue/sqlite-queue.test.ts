import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openSqliteQueue } from "../../src/queue/open-sqlite-queue.ts";
import { describeQueue, get } from "./contract.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "archwright-queue-"));
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

describeQueue("the queue on SQLite", async () => {
  let count = 0;
  return { place: async () => join(folder, `${count++}`, "queue.sqlite"), close: async () => {} };
});

test("its file can be read by its owner only, and is sound after closing", async () => {
  const file = join(folder, "private", "queue.sqlite");
  const queue = get(openSqliteQueue(file));
  get(await queue.enqueue({ id: "1", key: "1", lane: "a", data: {} }));
  await queue.close();
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(join(folder, "private"))).toEqual(["queue.sqlite"]);
  const database = new DatabaseSync(file);
  expect(database.prepare("pragma integrity_check").get()).toEqual({ integrity_check: "ok" });
  database.close();
});

test("what is no queue, or that of a later version, is a failure with its reason", async () => {
  const broken = join(folder, "broken.sqlite");
  await writeFile(broken, "this is not a database, and longer than a header of one".repeat(20));
  expect(openSqliteQueue(broken)).toMatchObject({
    ok: false,
    failure: { reason: "queue-unavailable", detail: expect.stringContaining("not a database") },
  });
  const later = join(folder, "later.sqlite");
  const database = new DatabaseSync(later);
  database.exec("pragma user_version = 99");
  database.close();
  expect(openSqliteQueue(later)).toMatchObject({
    ok: false,
    failure: { detail: expect.stringContaining("newer version (99") },
  });
});

test("a queue that is closed answers with a failure instead of throwing", async () => {
  const queue = get(openSqliteQueue(join(folder, "closed.sqlite")));
  await queue.close();
  const failed = { ok: false, failure: { reason: "queue-unavailable" } };
  expect(await queue.enqueue({ id: "1", key: "1", lane: "a", data: {} })).toMatchObject(failed);
  expect(await queue.claim(1_000)).toMatchObject(failed);
  expect(await queue.count()).toMatchObject(failed);
  await queue.close();
});
