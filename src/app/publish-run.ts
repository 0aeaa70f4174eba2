import { parseRun } from "../door/name-run.ts";
import { loadFeature } from "../engine/load-feature.ts";
import { publishResult } from "../engine/publish-result.ts";
import type { Failure } from "../shared/failure.ts";
import { type Result, succeed } from "../shared/result.ts";
import type { EndedRun } from "./find-ended-run.ts";
import type { Place } from "./job.ts";
import type { Office } from "./office.ts";
import { type JobContext, openWorkerApis, openWorkerDoor } from "./open-worker-door.ts";
import { startLeases } from "./start-leases.ts";

export type RunToPublish = { issue: number; nonce: string; run: EndedRun; context: JobContext };

/** Settles the lease of a run that has ended. A lease that is over, or that another run holds, is left alone. */
export async function publishRun(
  office: Office,
  place: Place,
  { issue, nonce, run, context }: RunToPublish,
): Promise<Result<void>> {
  const apis = openWorkerApis(office, place, context);
  const opened = await openWorkerDoor(office, place, { apis, context });
  if (!opened.ok) return opened;
  const door = opened.value;
  const loaded = await loadFeature(door.house.ledger, issue);
  if (!loaded.ok) return loaded;
  const feature = loaded.value;
  const lease = feature.state.leases.find((live) => live.nonce === nonce);
  const holder = lease && parseRun(lease.runId);
  if (!lease || (holder && holder.id !== String(run.id))) {
    context.log.info({ issue, run: run.id }, "the run holds no lease; nothing is published");
    return succeed(undefined);
  }
  const link = `${office.settings.serverUrl}/${place.repository.owner}/${place.repository.name}/actions/runs/${run.id}`;
  const failure: Failure = { reason: "run-lost", result: run.conclusion, link };
  const outcome = {
    kind: "failed" as const,
    reason: failure.reason,
    failure,
    step: null,
    work: null,
  };
  const result = { outcome, documents: {}, spent: [] };
  const published = await publishResult(door.house, feature, lease, result);
  if (!published.ok) return published;
  const { feature: after, started, notes } = published.value;
  context.log.info({ issue, run: run.id, notes }, "published what the run left");
  return await startLeases(office, place, door, { feature: after, leases: started, context });
}
