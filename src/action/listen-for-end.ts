/** A signal that is aborted when the runner cancels the job, or when the time is up. */
export type EndSignal = { signal: AbortSignal; done: () => void };

const MINUTE = 60_000;

/**
 * Listens for the end of a job: the runner interrupts a step that is cancelled and kills it some seconds later, so that there is time to
 * keep what there is. `minutes` ends it earlier than the step's own limit would.
 */
export function listenForEnd(minutes: number | null = null): EndSignal {
  const controller = new AbortController();
  const stop = (): void => controller.abort("the run was cancelled");
  const late = (): void => controller.abort(`the ${minutes} minutes of the phase are over`);
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  const timer = minutes === null ? null : setTimeout(late, minutes * MINUTE);
  const done = (): void => {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
    if (timer) clearTimeout(timer);
  };
  return { signal: controller.signal, done };
}
