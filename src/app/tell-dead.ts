import type { Job } from "../queue/port.ts";
import type { Failure } from "../shared/failure.ts";
import { tellFailure } from "./end-job.ts";
import { jobSchema } from "./job.ts";
import type { Office } from "./office.ts";
import type { Log } from "./open-log.ts";
import { openWorkerApis } from "./open-worker-door.ts";
import { threadOf } from "./thread-of.ts";

/** Tells whoever asked for it that a job was given up, in their thread; the others stand in the log. */
export async function tellDead(
  office: Office,
  job: Job,
  failure: Failure,
  log: Log,
): Promise<void> {
  const data = jobSchema.safeParse(job.data).data;
  if (data?.kind !== "delivery") return;
  const context = { log, signal: AbortSignal.timeout(60_000) };
  const { api } = openWorkerApis(office, data, context);
  const { delivery } = data;
  const about = { thread: threadOf(delivery), key: delivery.source, own: office.own.ids };
  await tellFailure(api, { ...about, failure, log });
}
