import { createHash, randomUUID } from "node:crypto";
import pLimit from "p-limit";
import { PgBoss } from "pg-boss";
import { fail, type Result, succeed } from "../shared/result.ts";
import { setUp, sql } from "./pg-boss-schema.ts";
import type { Job, Queue } from "./port.ts";
import { defaultQueueOptions, longestError, type QueueOptions } from "./queue-options.ts";

type Row = Record<string, unknown>;
type Database = { executeSql(text: string, values?: unknown[]): Promise<{ rows: Row[] }> };
type Open = {
  boss: PgBoss;
  options: QueueOptions;
  owned: Map<string, string>;
  transact: <T>(work: (db: Database) => Promise<T>) => Promise<T>;
  ask: (text: string, values?: unknown[]) => Promise<Row[]>;
};

const name = "archwright";
/** Attempts are counted by us: pg-boss has to keep a job until we say that it is over. */
const forEver = { retryLimit: 1_000_000, retryDelay: 0, expireInSeconds: 86_000 };
const PRUNE_MILLISECONDS = 3_600_000;

/** pg-boss wants ids that are UUIDs; ours are texts. */
function uuidOf(id: string): string {
  const hex = createHash("sha256").update(id).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

async function attempt<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return succeed(await work());
  } catch (error) {
    const detail = (error as { message?: string }).message || String(error);
    return fail({ reason: "queue-unavailable", detail });
  }
}

/** JSONB has no NUL character: the data travels as a text in it. */
const wrap = (lane: string, data: unknown) => ({
  lane,
  text: Buffer.from(JSON.stringify(data ?? null)).toString("base64"),
});

async function reap({ boss, options }: Open, db: Database): Promise<void> {
  const { rows } = await db.executeSql(sql.lapsed);
  for (const { id, job, attempts } of rows) {
    const isLast = Number(attempts) >= options.attempts;
    // A dead job is complete for pg-boss: one that failed would block its lane for ever.
    if (isLast) await boss.complete(name, String(job), {}, { db });
    else await boss.fail(name, String(job), {}, { db });
    await (isLast
      ? db.executeSql(sql.bury, [id, "the process that ran it was lost"])
      : db.executeSql(sql.free, [id]));
  }
}

async function claim(open: Open, milliseconds: number): Promise<Job | null> {
  const { boss, owned, transact } = open;
  return await transact(async (db) => {
    await reap(open, db);
    const [found] = await boss.fetch<{ lane: string; text: string }>(name, { batchSize: 1, db });
    if (!found) return null;
    const owner = randomUUID();
    const { rows } = await db.executeSql(sql.hold, [found.id, owner, milliseconds]);
    const id = String(rows[0]?.id);
    owned.set(id, owner);
    const { lane, text } = found.data;
    const data: unknown = JSON.parse(Buffer.from(text, "base64").toString("utf8"));
    return { id, lane, data, attempt: Number(rows[0]?.attempts) };
  });
}

/** Ends what this handle holds, in one transaction with pg-boss's own word for it; nothing when somebody else has it now. */
async function end(
  { transact, owned }: Open,
  id: string,
  { text, values = [] }: { text: string; values?: unknown[] },
  then: (db: Database, row: { job: string; attempts: number }) => Promise<void>,
): Promise<boolean> {
  const ended = await transact(async (db) => {
    const { rows } = await db.executeSql(text, [id, owned.get(id) ?? null, ...values]);
    const [row] = rows;
    if (!row) return false;
    await then(db, { job: String(row.job), attempts: Number(row.attempts) });
    return true;
  });
  owned.delete(id);
  return ended;
}

const later = (job: string, delay: number): [string, unknown[]] => [
  "update pgboss.job set start_after = now() + $2 * interval '1 millisecond' where name = 'archwright' and id = $1",
  [job, delay],
];

async function retry(
  open: Open,
  id: string,
  error: string,
  delay: number,
): Promise<"again" | "dead"> {
  const { boss, options } = open;
  const cut = error.slice(0, longestError).replaceAll("\0", "");
  let outcome: "again" | "dead" = "again";
  await end(open, id, { text: sql.again, values: [cut] }, async (db, { job, attempts }) => {
    if (attempts >= options.attempts) {
      outcome = "dead";
      await boss.complete(name, job, {}, { db });
      await db.executeSql(sql.bury, [id, cut]);
      return;
    }
    await boss.fail(name, job, {}, { db });
    await db.executeSql(...later(job, delay));
  });
  return outcome;
}

function queueOf(open: Open, close: () => Promise<void>): Queue {
  const { boss, options, owned, ask, transact } = open;
  return {
    enqueue: ({ id, key, lane, data, delay = 0 }) =>
      attempt(() =>
        transact(async (db) => {
          const job = uuidOf(id);
          const { rows } = await db.executeSql(sql.know, [id, key, job]);
          if (rows.length === 0) return false;
          await boss.send(name, wrap(lane, data), { ...forEver, id: job, singletonKey: lane, db });
          if (delay > 0) await db.executeSql(...later(job, delay));
          return true;
        }),
      ),
    claim: (milliseconds) => attempt(() => claim(open, milliseconds)),
    renew: (id, milliseconds) =>
      attempt(async () => {
        const rows = await ask(sql.renew, [id, owned.get(id) ?? null, milliseconds]);
        return rows.length > 0;
      }),
    complete: (id) =>
      attempt(async () => {
        await end(open, id, { text: sql.done }, async (db, { job }) => {
          await boss.complete(name, job, {}, { db });
        });
      }),
    retry: (id, error, delay) => attempt(() => retry(open, id, error, delay)),
    release: (id) =>
      attempt(async () => {
        await end(open, id, { text: sql.release }, async (db, { job }) => {
          await boss.fail(name, job, {}, { db });
        });
      }),
    find: (id) =>
      attempt(async () => {
        const [row] = await ask(sql.find, [id, options.keepDays]);
        return !row || row.gone ? null : (row.state as "waiting");
      }),
    count: () =>
      attempt(async () => {
        const jobs = { waiting: 0, running: 0, dead: 0 };
        for (const row of await ask(sql.count)) jobs[row.state as "dead"] = Number(row.jobs);
        return jobs;
      }),
    close,
  };
}

async function inTransaction<T>(boss: PgBoss, work: (db: Database) => Promise<T>): Promise<T> {
  const begun = await boss.getDb().beginTransaction?.();
  if (!begun) throw new Error("this connection has no transactions");
  try {
    const value = await work(begun.db);
    await begun.commit();
    return value;
  } catch (error) {
    await begun.rollback().catch(() => {});
    throw error;
  }
}

async function start(address: string, options: QueueOptions): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: address,
    application_name: "archwright",
    schedule: false,
  });
  // Troubles in the background show in what is asked next.
  boss.on("error", () => {});
  await boss.start();
  await boss.createQueue(name, {
    ...forEver,
    policy: "key_strict_fifo",
    retentionSeconds: 90 * 86_400,
    deleteAfterSeconds: Math.max(3_600, options.keepDays * 86_400),
  });
  // Several processes may start at once: one makes the table.
  await inTransaction(boss, async (db) => {
    await db.executeSql("select pg_advisory_xact_lock(7461736)");
    await db.executeSql(setUp);
  });
  return boss;
}

/**
 * The queue for many machines: pg-boss on PostgreSQL, with a table beside it for what pg-boss does not know. Failure:
 * `queue-unavailable`.
 */
export async function openPgBossQueue(
  address: string,
  given: Partial<QueueOptions> = {},
): Promise<Result<Queue>> {
  const options = { ...defaultQueueOptions, ...given };
  return await attempt(async () => {
    const boss = await start(address, options);
    const ask: Open["ask"] = async (text, values = []) =>
      (await boss.getDb().executeSql(text, values)).rows as Row[];
    const prune = () => ask(sql.prune, [options.rememberDays]);
    await prune();
    const timer = setInterval(() => void prune().catch(() => {}), PRUNE_MILLISECONDS).unref();
    // Each transaction holds a connection while pg-boss asks for another: they must never take all ten of the pool.
    const limit = pLimit(5);
    const open: Open = {
      boss,
      options,
      ask,
      owned: new Map(),
      transact: (work) => limit(() => inTransaction(boss, work)),
    };
    let closed: Promise<void> | undefined;
    return queueOf(open, () => {
      clearInterval(timer);
      closed ??= boss.stop({ graceful: false, close: true });
      return closed;
    });
  });
}
