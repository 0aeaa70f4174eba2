import type { Job, Queue } from "../queue/port.ts";
import type { Failure } from "../shared/failure.ts";
import { endOf } from "./end-job.ts";
import type { Log } from "./open-log.ts";

/** How a job ended: for good, to be tried again, or interrupted because the process stops. */
export type JobEnd =
  | { kind: "done" }
  /** `most`: starts after which it is given up, where those of the queue are too many. */
  | { kind: "again"; failure: Failure; delay?: number; most?: number }
  | { kind: "interrupted" };

/** Why a job is ended: its lease ran out here, and another process has taken it over. */
export class JobLost extends Error {
  constructor() {
    super("another process has taken the job over");
    this.name = "JobLost";
  }
}

export type WorkersOptions = {
  queue: Queue;
  /** Jobs that run side by side. */
  workers: number;
  /** Carries a job out. `signal` ends it: the process stops, or the lease was lost. */
  work: (job: Job, signal: AbortSignal, log: Log) => Promise<JobEnd>;
  /** Told of a job that is tried no more. */
  onDead: (job: Job, failure: Failure, log: Log) => Promise<void>;
  log: Log;
  leaseMilliseconds?: number;
  /** Between looks at an empty queue: other processes may have put something in. */
  idleMilliseconds?: number;
  /** First wait before a job is tried again; doubled each time. */
  backoffMilliseconds?: number;
};

export type Workers = {
  /** Says that there is something to do. */
  wake(): void;
  /** Takes no more jobs; gives running ones so long, then interrupts and returns them. */
  stop(milliseconds: number): Promise<void>;
  /** Interrupts at once. */
  abort(): void;
};

type Running = WorkersOptions & {
  stopping: boolean;
  abort: AbortController;
  sleepers: Set<() => void>;
};

const LEASE = 60_000;
const WAKE_MILLISECONDS = 25;
const LONGEST_BACKOFF = 10 * 60_000;
/** After an interruption, a job that does not listen is left behind; its lease frees it. */
const DEAF_MILLISECONDS = 3_000;

async function sleep(running: Running, milliseconds: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      running.sleepers.delete(done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    running.sleepers.add(done);
  });
}

/** Prolongs the lease while the job runs; a lease that somebody else has taken ends the job here. */
function keepLease(
  { queue, leaseMilliseconds = LEASE }: Running,
  job: Job,
  lost: AbortController,
  log: Log,
) {
  const timer = setInterval(async () => {
    const renewed = await queue.renew(job.id, leaseMilliseconds);
    if (!renewed.ok)
      log.warn({ failure: renewed.failure }, "the lease of the job could not be renewed");
    else if (!renewed.value) lost.abort(new JobLost());
  }, leaseMilliseconds / 3);
  return () => clearInterval(timer);
}

/** Returns the job to the queue; true when it is given up instead. */
async function giveBack(
  queue: Queue,
  { id, attempt }: Job,
  { failure, most = Number.POSITIVE_INFINITY }: Extract<JobEnd, { kind: "again" }>,
  delay: number,
): Promise<boolean> {
  if (attempt >= most) return (await queue.complete(id)).ok;
  const retried = await queue.retry(id, JSON.stringify(failure), delay);
  return retried.ok && retried.value === "dead";
}

async function settle(running: Running, job: Job, end: JobEnd, log: Log): Promise<void> {
  const { queue, backoffMilliseconds = 5_000 } = running;
  if (end.kind === "done") {
    const completed = await queue.complete(job.id);
    if (!completed.ok)
      log.error({ failure: completed.failure }, "the end of the job was not noted; it runs again");
    return;
  }
  if (end.kind === "interrupted") {
    await queue.release(job.id);
    log.info("returned the job");
    return;
  }
  const spread = 0.75 + Math.random() / 2;
  const usual = Math.min(LONGEST_BACKOFF, backoffMilliseconds * 2 ** (job.attempt - 1)) * spread;
  const delay = Math.round(end.delay ?? usual);
  const dead = await giveBack(queue, job, end, delay);
  log[dead ? "error" : "warn"](
    { failure: end.failure, delay },
    dead ? "gave the job up" : "will try again",
  );
  if (dead) await running.onDead(job, end.failure, log);
}

async function runJob(running: Running, job: Job): Promise<void> {
  const log = running.log.child({ job: job.id, lane: job.lane, attempt: job.attempt });
  const lost = new AbortController();
  const signal = AbortSignal.any([running.abort.signal, lost.signal]);
  const release = keepLease(running, job, lost, log);
  let end: JobEnd;
  try {
    end = await running.work(job, signal, log);
  } catch (error) {
    // A bug: the stack is in the log, and the job is tried again as after any other failure.
    log.error({ err: error }, "the job broke");
    end = endOf({ reason: "unexpected", detail: String(error) });
  }
  release();
  if (lost.signal.aborted) return;
  if (end.kind !== "done" && running.abort.signal.aborted) end = { kind: "interrupted" };
  await settle(running, job, end, log);
}

async function runOne(running: Running): Promise<void> {
  const { queue, log, leaseMilliseconds = LEASE, idleMilliseconds = 1_000 } = running;
  while (!running.stopping) {
    const claimed = await queue.claim(leaseMilliseconds);
    if (claimed.ok && claimed.value) {
      if (running.stopping) await queue.release(claimed.value.id);
      else await runJob(running, claimed.value);
      continue;
    }
    if (!claimed.ok) log.error({ failure: claimed.failure }, "the queue does not answer");
    await sleep(running, claimed.ok ? idleMilliseconds : 5 * idleMilliseconds);
  }
}

/** Works the queue off with several jobs side by side until it is told to stop. */
export function runWorkers(options: WorkersOptions): Workers {
  const running: Running = {
    ...options,
    stopping: false,
    abort: new AbortController(),
    sleepers: new Set(),
  };
  const ended = Promise.all(Array.from({ length: options.workers }, () => runOne(running)));
  let waking: NodeJS.Timeout | undefined;
  const wake = (): void => {
    // A burst of deliveries wakes once.
    if (waking !== undefined) return;
    waking = setTimeout(() => {
      waking = undefined;
      for (const done of [...running.sleepers]) done();
    }, WAKE_MILLISECONDS);
  };
  const within = (milliseconds: number) =>
    new Promise<"late">((resolve) => setTimeout(resolve, milliseconds, "late").unref());
  return {
    wake,
    abort: () => running.abort.abort(new Error("the process stops at once")),
    async stop(milliseconds) {
      running.stopping = true;
      wake();
      if ((await Promise.race([ended, within(milliseconds)])) !== "late") return;
      running.log.warn("jobs still run: interrupting and returning them");
      running.abort.abort(new Error("the process stops"));
      await Promise.race([ended, within(DEAF_MILLISECONDS)]);
    },
  };
}
