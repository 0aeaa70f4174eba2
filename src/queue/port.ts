import type { Result } from "../shared/result.ts";

/** Work that was acknowledged and must not be lost. `data` is JSON. */
export type Job = {
  id: string;
  /** Jobs of one lane run one at a time, in the order in which they came; lanes run side by side. */
  lane: string;
  data: unknown;
  /** Starts of it so far, this one included. */
  attempt: number;
};

export type Enqueue = {
  /** Delivery id: the same id again is not another job, however it ended. */
  id: string;
  /** What the job is about by nature, e.g. `comment:123:2026-11-21T10:00:00Z`; one that waits or ran already is not taken again. */
  key: string;
  lane: string;
  data: unknown;
  /** Not before this many milliseconds from now. */
  delay?: number;
};

export type JobState = "waiting" | "running" | "done" | "dead";

/** The App's durable queue. What `enqueue` has answered `true` to survives a kill of any process. */
export interface Queue {
  /** True when it was new. */
  enqueue(job: Enqueue): Promise<Result<boolean>>;
  /** The next job that may run now, leased for `leaseMilliseconds`; null when there is none. */
  claim(leaseMilliseconds: number): Promise<Result<Job | null>>;
  /** Prolongs the lease of a job that still runs; false when it was lost to somebody else. */
  renew(id: string, leaseMilliseconds: number): Promise<Result<boolean>>;
  complete(id: string): Promise<Result<void>>;
  /** Gives it back: it runs again after `delay` milliseconds, or is kept as dead with its error after the last attempt. */
  retry(id: string, error: string, delay: number): Promise<Result<"again" | "dead">>;
  /** Returns a job unharmed, as if it had not been claimed: the process stops. */
  release(id: string): Promise<Result<void>>;
  /** Where a job is by its id; null when it was never taken, or ended so long ago that it was pruned. */
  find(id: string): Promise<Result<JobState | null>>;
  /** Jobs by state, for health and metrics. */
  count(): Promise<Result<{ waiting: number; running: number; dead: number }>>;
  close(): Promise<void>;
}
