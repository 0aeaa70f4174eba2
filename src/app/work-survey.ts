import { type Result, succeed } from "../shared/result.ts";
import { endOf } from "./end-job.ts";
import type { JobData, Place } from "./job.ts";
import type { Office } from "./office.ts";
import type { JobContext } from "./open-worker-door.ts";
import type { JobEnd } from "./run-workers.ts";

/** GitHub redelivers for three days; what is younger than a minute may still be on its way. */
const redeliverableMilliseconds = 3 * 24 * 3_600_000 - 60_000;
const mostRedeliveries = 200;

/** Asks for deliveries again that never arrived. A delivery that we have already is only acknowledged once more. */
async function redeliver({ api }: Office, { log, signal }: JobContext): Promise<Result<void>> {
  const failed = await api.failedDeliveries(new Date(Date.now() - redeliverableMilliseconds));
  if (!failed.ok) return failed;
  for (const { id, guid, event, at } of failed.value.slice(0, mostRedeliveries)) {
    if (signal.aborted) break;
    const sent = await api.redeliver(id);
    const about = { delivery: guid, event, at };
    if (sent.ok) log.info(about, "asked for the delivery again");
    else log.warn({ ...about, failure: sent.failure }, "could not ask for the delivery again");
  }
  return succeed(undefined);
}

/** A sweep for each repository where the App is installed, once for each survey. */
async function sweepAll(
  office: Office,
  survey: string,
  { log }: JobContext,
): Promise<Result<void>> {
  const installations = await office.api.installations();
  if (!installations.ok) return installations;
  for (const installation of installations.value) {
    const repositories = await office.api.repositories(installation);
    if (!repositories.ok) {
      log.warn({ installation, failure: repositories.failure }, "an installation does not answer");
      continue;
    }
    for (const { id, owner, name } of repositories.value) {
      const place: Place = { installation, repository: { id: String(id), owner, name } };
      const data: JobData = { kind: "sweep", ...place };
      const key = `sweep:${id}:${survey}`;
      const taken = await office.queue.enqueue({ id: key, key, lane: `${id}:sweep`, data });
      if (!taken.ok) return taken;
    }
  }
  office.wake();
  return succeed(undefined);
}

/** Finds what was missed: deliveries that failed, and repositories whose open features are to be looked after. */
export async function workSurvey(
  office: Office,
  survey: string,
  context: JobContext,
): Promise<JobEnd> {
  for (const part of [redeliver(office, context), sweepAll(office, survey, context)]) {
    const done = await part;
    if (!done.ok) return endOf(done.failure);
  }
  return { kind: "done" };
}
