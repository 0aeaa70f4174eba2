import { expect, test } from "@jest/globals";
import { PgBoss } from "pg-boss";
import { openPgBossQueue } from "../../src/queue/open-pg-boss-queue.ts";
import { describeQueue } from "./contract.ts";
import { startPostgres } from "./start-postgres.ts";

describeQueue("the queue on PostgreSQL", async () => {
  const postgres = await startPostgres();
  const boss = new PgBoss({ connectionString: postgres.address("postgres"), schedule: false });
  await boss.start();
  let count = 0;
  return {
    async place() {
      const database = `queue_${count++}`;
      await boss.getDb().executeSql(`create database ${database}`);
      return postgres.address(database);
    },
    async close() {
      await boss.stop({ graceful: false });
      await postgres.stop();
    },
  };
});

test("a server that is not there is a failure, and its password is not told", async () => {
  const opened = await openPgBossQueue("postgres://archwright:hidden@127.0.0.1:9/nothing");
  expect(opened).toMatchObject({ ok: false, failure: { reason: "queue-unavailable" } });
  expect(JSON.stringify(opened)).not.toContain("hidden");
});
