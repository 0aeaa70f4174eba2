import type { Delivery } from "../forge/github/delivery.ts";
import { endOf } from "./end-job.ts";
import { findRunWork } from "./find-run-work.ts";
import type { JobOf } from "./job.ts";
import type { Office } from "./office.ts";
import { type JobContext, openWorkerApis } from "./open-worker-door.ts";
import { publishRun } from "./publish-run.ts";
import type { JobEnd } from "./run-workers.ts";

/** A run has ended: what it handed over is fetched, checked as anybody's, and published. */
export async function workRun(
  office: Office,
  job: JobOf<"delivery">,
  { run, attempt, conclusion }: Extract<Delivery, { kind: "run-completed" }>,
  context: JobContext,
): Promise<JobEnd> {
  const { api } = openWorkerApis(office, job, context);
  const work = await findRunWork(api, Number(run), office.own.ids);
  if (!work.ok) return endOf(work.failure);
  if (work.value === null) {
    context.log.info({ run }, "the run carries no lease of ours");
    return { kind: "done" };
  }
  const ended = { id: Number(run), attempt, conclusion };
  const published = await publishRun(office, job, { work: work.value, run: ended, context });
  return published.ok ? { kind: "done" } : endOf(published.failure);
}
