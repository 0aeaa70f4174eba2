/** A run of Actions, at one attempt. */
export type ActionsRun = { id: string; attempt: number };

/** The run that carries out a lease. */
export const nameRun = ({ id, attempt }: ActionsRun): string => `actions:${id}:${attempt}`;

/** The run that took a lease which another run is to carry out. */
export const nameDispatcher = ({ id, attempt }: ActionsRun): string => `dispatch:${id}:${attempt}`;

/** Whether a lease waits for the run that was, or has to be, dispatched for it. */
export const isUnclaimed = (runId: string): boolean => runId.startsWith("dispatch:");

/** Reads `actions:<id>:<attempt>`; null for what is no run of Actions. */
export function parseRun(runId: string): ActionsRun | null {
  const match = /^actions:(\d{1,20}):(\d{1,6})$/.exec(runId);
  return match ? { id: match[1] ?? "", attempt: Number(match[2]) } : null;
}
