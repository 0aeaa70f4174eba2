/** What both queues of the App can be told. */
export type QueueOptions = {
  /** Starts of a job before it is dead. */
  attempts: number;
  /** Days that a finished job is kept to be looked at. */
  keepDays: number;
  /** Days that ids and keys are remembered. GitHub redelivers for 3 days, GitHub Enterprise Server for 7. */
  rememberDays: number;
};

export const defaultQueueOptions: QueueOptions = { attempts: 6, keepDays: 7, rememberDays: 90 };

/** Longest error that is kept with a job. */
export const longestError = 2_000;

export const dayMilliseconds = 24 * 3_600_000;
