import { randomUUID } from "node:crypto";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { fail, type Result, succeed } from "../shared/result.ts";
import { openDatabase } from "./open-database.ts";
import type { Enqueue, Job, JobState, Queue } from "./port.ts";
import {
  dayMilliseconds,
  defaultQueueOptions,
  longestError,
  type QueueOptions,
} from "./queue-options.ts";
import { statements } from "./sqlite-schema.ts";

type Statements = { [Name in keyof typeof statements]: StatementSync };
type Waiting = { job: Enqueue; data: string; answer: (result: Result<boolean>) => void };
type Open = {
  database: DatabaseSync;
  run: Statements;
  options: QueueOptions;
  /** Token of each job that this handle claimed: what another process has taken over is not ended from here. */
  owned: Map<string, string>;
};

const PRUNE_MILLISECONDS = 3_600_000;

const unavailable = (error: unknown) =>
  fail({
    reason: "queue-unavailable" as const,
    detail: (error as { message?: string }).message ?? String(error),
  });

/** What SQLite says about the disk or a lock is a failure, never an exception. */
function attempt<T>(work: () => T): Result<T> {
  try {
    return succeed(work());
  } catch (error) {
    return unavailable(error);
  }
}

function transact<T>(database: DatabaseSync, work: () => T): T {
  database.exec("begin immediate");
  try {
    const value = work();
    database.exec("commit");
    return value;
  } catch (error) {
    if (database.isTransaction) database.exec("rollback");
    throw error;
  }
}

function insert({ run }: Open, { job, data }: Waiting): boolean {
  const now = Date.now();
  if (run.know.run(`id:${job.id}`, now).changes === 0) return false;
  if (run.know.run(`key:${job.key}`, now).changes === 0) return false;
  return run.insert.run(job.id, job.lane, data, now + (job.delay ?? 0)).changes > 0;
}

/** All that came in one turn of the event loop is one commit: one wait for the disk, answered after it. */
function createEnqueue(open: Open): Queue["enqueue"] {
  let batch: Waiting[] = [];
  const flush = (): void => {
    const taken = batch;
    batch = [];
    const all = attempt(() =>
      transact(open.database, () => taken.map((waiting) => insert(open, waiting))),
    );
    for (const [index, { answer }] of taken.entries()) {
      answer(all.ok ? succeed(all.value[index] ?? false) : all);
    }
  };
  return (job) =>
    new Promise((answer) => {
      const data = JSON.stringify(job.data ?? null);
      if (batch.push({ job, data, answer }) === 1) setImmediate(flush);
    });
}

function claim({ database, run, options, owned }: Open, leaseMilliseconds: number): Job | null {
  const owner = randomUUID();
  const row = transact(database, () => {
    const now = Date.now();
    run.bury.run({ now, most: options.attempts });
    run.reap.run({ now });
    const found = run.findNear.get({ now }) ?? (run.hasMore.get() && run.findFar.get({ now }));
    if (!found) return undefined;
    return run.claim.get({ seq: found.seq ?? null, lease: now + leaseMilliseconds, owner });
  });
  if (!row) return null;
  const { id, lane, data, attempts } = row as Record<"id" | "lane" | "data", string> & {
    attempts: number;
  };
  owned.set(id, owner);
  return { id, lane, data: JSON.parse(data), attempt: attempts };
}

function retry({ run, options, owned }: Open, id: string, error: string, delay: number) {
  const owner = owned.get(id) ?? "";
  const now = Date.now();
  const most = options.attempts;
  const cut = error.slice(0, longestError);
  const row = run.retry.get({ id, owner, now, most, run_at: now + delay, error: cut });
  owned.delete(id);
  // Lost to somebody else: whoever holds it decides.
  return row?.state === "dead" ? ("dead" as const) : ("again" as const);
}

function count({ run }: Open) {
  const jobs = { waiting: 0, running: 0, dead: 0 };
  for (const row of run.count.all() as { state: keyof typeof jobs; jobs: number }[]) {
    jobs[row.state] = row.jobs;
  }
  return jobs;
}

function prune({ database, run, options }: Open): void {
  const now = Date.now();
  transact(database, () => {
    run.pruneJobs.run(now - options.keepDays * dayMilliseconds);
    run.pruneKnown.run(now - options.rememberDays * dayMilliseconds);
  });
}

function queueOf(open: Open): Queue {
  const { database, run, owned } = open;
  const timer = setInterval(() => attempt(() => prune(open)), PRUNE_MILLISECONDS).unref();
  const end = (id: string, work: (owner: string) => unknown) => {
    const owner = owned.get(id) ?? "";
    const ended = attempt(() => void work(owner));
    if (ended.ok) owned.delete(id);
    return ended;
  };
  return {
    enqueue: createEnqueue(open),
    claim: async (milliseconds) => attempt(() => claim(open, milliseconds)),
    renew: async (id, milliseconds) =>
      attempt(() => {
        const { changes } = run.renew.run(Date.now() + milliseconds, id, owned.get(id) ?? "");
        return changes > 0;
      }),
    complete: async (id) => end(id, (owner) => run.complete.run(Date.now(), id, owner)),
    retry: async (id, error, delay) => attempt(() => retry(open, id, error, delay)),
    release: async (id) => end(id, (owner) => run.release.run(Date.now(), id, owner)),
    find: async (id) =>
      attempt(() => (run.find.get(id) as { state: JobState } | undefined)?.state ?? null),
    count: async () => attempt(() => count(open)),
    close: async () => {
      clearInterval(timer);
      if (database.isOpen) database.close();
    },
  };
}

/**
 * The embedded queue: one SQLite file, safe for several processes of one machine (not for a network disk). What `enqueue` has
 * answered is on the disk. Failure: `queue-unavailable`.
 */
export function openSqliteQueue(file: string, options: Partial<QueueOptions> = {}): Result<Queue> {
  return attempt(() => {
    const database = openDatabase(file);
    const prepared = Object.entries(statements).map(([name, sql]) => [name, database.prepare(sql)]);
    const open: Open = {
      database,
      run: Object.fromEntries(prepared) as Statements,
      options: { ...defaultQueueOptions, ...options },
      owned: new Map(),
    };
    prune(open);
    return queueOf(open);
  });
}
