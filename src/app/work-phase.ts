import type { GitHubDoor } from "../door/github-door.ts";
import { acceptTrigger } from "../engine/accept-trigger.ts";
import { type Feature, loadFeature } from "../engine/load-feature.ts";
import { publishResult } from "../engine/publish-result.ts";
import { type LeaseResult, runLease } from "../engine/run-lease.ts";
import type { Failure } from "../shared/failure.ts";
import { type Result, succeed } from "../shared/result.ts";
import type { Lease } from "../workflow/phase.ts";
import { chooseWorkerModels } from "./choose-worker-models.ts";
import { endOf } from "./end-job.ts";
import type { JobOf } from "./job.ts";
import type { Office } from "./office.ts";
import { type Clone, openClone } from "./open-clone.ts";
import { type JobContext, openWorkerApis, openWorkerDoor } from "./open-worker-door.ts";
import type { JobEnd } from "./run-workers.ts";
import { startLeases } from "./start-leases.ts";

const failed = (failure: Failure): LeaseResult => ({
  outcome: { kind: "failed", reason: failure.reason, failure, step: null, work: null },
  documents: {},
  spent: [],
});

/** Runs the phase on a clone, with the models that the configuration chooses. Whatever stands in the way is its result. */
async function carryOut(
  office: Office,
  job: JobOf<"phase">,
  { door, feature, lease }: { door: GitHubDoor; feature: Feature; lease: Lease },
  context: JobContext,
): Promise<LeaseResult> {
  const { settings, environment } = office;
  const { modelAddresses } = settings;
  const models = office.models
    ? succeed(office.models)
    : await chooseWorkerModels(door.origin, { environment, modelAddresses });
  if (!models.ok) return failed(models.failure);
  const clone: Result<Clone> = await openClone(office, job, door.origin);
  if (!clone.ok) return failed(clone.failure);
  try {
    const { workspace } = clone.value;
    const house = { ...door.house, ...models.value, workspace, signal: context.signal };
    return await runLease(house, feature, lease);
  } finally {
    await clone.value.close();
  }
}

/** A second start means that the first was lost with what it had spent: the lease is over, and the policy says what follows. */
async function settleLost(door: GitHubDoor, feature: Feature, lease: Lease) {
  const { house } = door;
  return await acceptTrigger(house, feature.issue, {
    kind: "clock",
    source: `clock:${lease.nonce.slice(0, 16)}`,
    at: house.now().toISOString(),
    runId: house.runId,
    dead: [lease.nonce],
  });
}

/**
 * Carries a leased phase out in the worker: on a shallow clone of which nothing is executed. When the process stops, the phase ends as
 * interrupted and its money is settled; calls of GitHub are not cut short for that.
 */
export async function workPhase(
  office: Office,
  job: JobOf<"phase">,
  attempt: number,
  context: JobContext,
): Promise<JobEnd> {
  const { work } = job;
  const patient = { ...context, signal: new AbortController().signal };
  const apis = openWorkerApis(office, job, patient);
  const opened = await openWorkerDoor(office, job, { apis, context: patient });
  if (!opened.ok) return endOf(opened.failure);
  const door = opened.value;
  const loaded = await loadFeature(door.house.ledger, work.issue, work.head);
  if (!loaded.ok) return endOf(loaded.failure);
  const feature = loaded.value;
  const lease = feature.state.leases.find(({ nonce }) => nonce === work.nonce);
  if (!lease) {
    context.log.info({ issue: work.issue }, "the lease is over; nothing is to be done");
    return { kind: "done" };
  }
  const published =
    attempt > 1
      ? await settleLost(door, feature, lease)
      : await publishResult(
          door.house,
          feature,
          lease,
          await carryOut(office, job, { door, feature, lease }, context),
        );
  if (!published.ok) return endOf(published.failure);
  const { feature: after, started, notes } = published.value;
  context.log.info({ issue: work.issue, phase: lease.phase, notes }, "the phase has ended");
  const begun = await startLeases(office, job, door, { feature: after, leases: started, context });
  return begun.ok ? { kind: "done" } : endOf(begun.failure);
}
