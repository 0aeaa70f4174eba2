import { join } from "node:path";
import type { GitHubDoor } from "../door/github-door.ts";
import { type Accepted, acceptTrigger } from "../engine/accept-trigger.ts";
import { type Feature, loadFeature } from "../engine/load-feature.ts";
import { publishResult } from "../engine/publish-result.ts";
import { type LeaseResult, runLease } from "../engine/run-lease.ts";
import { isPostgresAddress } from "../queue/open-queue-at.ts";
import type { Failure } from "../shared/failure.ts";
import { type Result, succeed } from "../shared/result.ts";
import type { Lease } from "../workflow/phase.ts";
import { chooseWorkerModels } from "./choose-worker-models.ts";
import { endOf } from "./end-job.ts";
import type { JobOf } from "./job.ts";
import type { Office } from "./office.ts";
import { type Clone, openClone } from "./open-clone.ts";
import { type Journal, openJournal } from "./open-journal.ts";
import { type JobContext, openWorkerApis, openWorkerDoor } from "./open-worker-door.ts";
import { type JobEnd, JobLost } from "./run-workers.ts";
import { startLeases } from "./start-leases.ts";

const failed = (failure: Failure): LeaseResult => ({
  outcome: { kind: "failed", reason: failure.reason, failure, step: null, work: null },
  documents: {},
  spent: [],
});

type Begun = { door: GitHubDoor; feature: Feature; lease: Lease; journal: Journal };

/** What is left of the money when an earlier start, of which only the journal knows, has spent some. */
function restOf({ reserved }: Lease, spent: LeaseResult["spent"]): Lease["reserved"] {
  const used = { micros: 0, tokens: 0 };
  for (const { micros, input, output } of spent) {
    if (micros === null) used.tokens += input + output;
    else used.micros += micros;
  }
  return {
    micros: Math.max(0, reserved.micros - used.micros),
    tokens: Math.max(0, reserved.tokens - used.tokens),
  };
}

/** Runs the phase on a clone, with the models that the configuration chooses. Whatever stands in the way is its result. */
async function carryOut(
  office: Office,
  job: JobOf<"phase">,
  { door, feature, lease, journal }: Begun,
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
    const { price } = models.value;
    const watched = { price, models: journal.watch(models.value.models, price) };
    const house = { ...door.house, ...watched, workspace, signal: context.signal };
    const rest = { ...lease, reserved: restOf(lease, journal.spent) };
    const result = await runLease(house, feature, rest);
    return { ...result, spent: [...journal.spent, ...result.spent] };
  } finally {
    await clone.value.close();
  }
}

/** It was begun elsewhere, and nobody here knows what it spent: the lease is over, and the policy says what follows. */
async function settleLost({ house }: GitHubDoor, feature: Feature, lease: Lease) {
  return await acceptTrigger(house, feature.issue, {
    kind: "clock",
    source: `clock:${lease.nonce.slice(0, 16)}`,
    at: house.now().toISOString(),
    runId: house.runId,
    dead: [lease.nonce],
  });
}

/**
 * The queue's lease says that nobody runs it now. What an earlier start has finished is published; what it had begun is begun again
 * under the same lease, with the money that is left. null: another process has taken the job over, and publishes.
 */
async function settle(
  office: Office,
  job: JobOf<"phase">,
  begun: Begun,
  context: JobContext,
): Promise<Result<Accepted> | null> {
  const { door, feature, lease, journal } = begun;
  const result = journal.result ?? (await carryOut(office, job, begun, context));
  if (context.signal.reason instanceof JobLost) return null;
  if (journal.result === null) await journal.keep(result);
  return await publishResult(door.house, feature, lease, result);
}

type Found = { door: GitHubDoor; feature: Feature; lease: Lease | null };

/** The lease of the job, if it is live. Calls of GitHub are not cut short when the process stops. */
async function findLease(
  office: Office,
  job: JobOf<"phase">,
  context: JobContext,
): Promise<Result<Found>> {
  const { work } = job;
  const patient = { ...context, signal: new AbortController().signal };
  const apis = openWorkerApis(office, job, patient);
  const opened = await openWorkerDoor(office, job, { apis, context: patient });
  if (!opened.ok) return opened;
  const door = opened.value;
  const loaded = await loadFeature(door.house.ledger, work.issue, work.head);
  if (!loaded.ok) return loaded;
  const feature = loaded.value;
  const lease = feature.state.leases.find(({ nonce }) => nonce === work.nonce) ?? null;
  return succeed({ door, feature, lease });
}

/**
 * Carries a leased phase out in the worker: on a shallow clone of which nothing is executed. When the process stops, the phase ends as
 * interrupted and its money is settled; when it is killed, the next start goes on from its journal.
 */
export async function workPhase(
  office: Office,
  job: JobOf<"phase">,
  attempt: number,
  context: JobContext,
): Promise<JobEnd> {
  const { work } = job;
  const found = await findLease(office, job, context);
  if (!found.ok) return endOf(found.failure);
  const { door, feature, lease } = found.value;
  const journal = await openJournal(join(office.settings.storage, "phases"), work.nonce);
  if (!lease) {
    await journal.close();
    context.log.info({ issue: work.issue }, "the lease is over; nothing is to be done");
    return { kind: "done" };
  }
  // A queue in a file is of one machine: what is not in the journal here was not begun.
  const elsewhere = attempt > 1 && !journal.begun && isPostgresAddress(office.settings.queue);
  const published = elsewhere
    ? await settleLost(door, feature, lease)
    : await settle(office, job, { door, feature, lease, journal }, context);
  if (published === null) return { kind: "interrupted" };
  if (!published.ok) return endOf(published.failure);
  await journal.close();
  const { feature: after, started, notes } = published.value;
  context.log.info({ issue: work.issue, phase: lease.phase, notes }, "the phase has ended");
  const begun = await startLeases(office, job, door, { feature: after, leases: started, context });
  return begun.ok ? { kind: "done" } : endOf(begun.failure);
}
