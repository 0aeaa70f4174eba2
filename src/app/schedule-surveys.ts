import type { Queue } from "../queue/port.ts";
import type { JobData } from "./job.ts";
import type { Log } from "./open-log.ts";

/**
 * Puts a survey into the queue now and each time the minutes have passed. Slots have a number that all processes share, so that many
 * machines make one survey of each. Returns the way to stop.
 */
export function scheduleSurveys(
  queue: Queue,
  minutes: number,
  { log, wake }: { log: Log; wake: () => void },
): () => void {
  const enqueue = async (id: string): Promise<void> => {
    const data: JobData = { kind: "survey" };
    const taken = await queue.enqueue({ id, key: id, lane: "survey", data });
    if (!taken.ok) log.error({ failure: taken.failure }, "the survey could not be scheduled");
    else if (taken.value) wake();
  };
  const milliseconds = minutes * 60_000;
  const slot = (): string => `survey:${minutes}:${Math.floor(Date.now() / milliseconds)}`;
  // What failed while nobody listened is looked for at every start.
  void enqueue(`survey:start:${Date.now()}`);
  const timer = setInterval(() => void enqueue(slot()), milliseconds);
  return () => clearInterval(timer);
}
