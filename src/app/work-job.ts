import type { Job } from "../queue/port.ts";
import { type JobData, jobSchema } from "./job.ts";
import type { Office } from "./office.ts";
import type { Log } from "./open-log.ts";
import type { JobContext } from "./open-worker-door.ts";
import type { JobEnd } from "./run-workers.ts";
import { workDelivery } from "./work-delivery.ts";
import { workPhase } from "./work-phase.ts";
import { workSurvey } from "./work-survey.ts";
import { workSweep } from "./work-sweep.ts";

async function carryOut(
  office: Office,
  job: Job,
  data: JobData,
  context: JobContext,
): Promise<JobEnd> {
  switch (data.kind) {
    case "delivery":
      return await workDelivery(office, data, context);
    case "phase":
      return await workPhase(office, data, job.attempt, context);
    case "sweep":
      return await workSweep(office, data, context);
    case "survey":
      return await workSurvey(office, job.id, context);
  }
}

/** What the log says with every line of a job. */
function aboutOf(data: JobData): object {
  if (data.kind === "survey") return { kind: data.kind };
  const { owner, name } = data.repository;
  const delivery = data.kind === "delivery" ? { delivery: data.guid } : {};
  return { kind: data.kind, repository: `${owner}/${name}`, ...delivery };
}

/** Carries out one job of the queue. Nothing is decided before GitHub has said who we are: our own doing must be known as such. */
export async function workJob(
  office: Office,
  job: Job,
  signal: AbortSignal,
  log: Log,
): Promise<JobEnd> {
  const data = jobSchema.safeParse(job.data);
  if (!data.success) {
    log.error({ problem: data.error.issues[0] }, "the job is of another version; it is left out");
    return { kind: "done" };
  }
  const aborted = new Promise<false>((resolve) =>
    signal.addEventListener("abort", () => resolve(false), { once: true }),
  );
  const known = await Promise.race([office.own.known, aborted]);
  if (!known || signal.aborted) return { kind: "interrupted" };
  return await carryOut(office, job, data.data, { signal, log: log.child(aboutOf(data.data)) });
}
