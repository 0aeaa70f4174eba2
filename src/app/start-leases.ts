import { dispatchLeases } from "../door/dispatch-leases.ts";
import type { GitHubDoor } from "../door/github-door.ts";
import type { Feature } from "../engine/load-feature.ts";
import { publishResult } from "../engine/publish-result.ts";
import type { Failure } from "../shared/failure.ts";
import { type Result, succeed } from "../shared/result.ts";
import type { Lease } from "../workflow/phase.ts";
import type { JobData, Place } from "./job.ts";
import type { Office } from "./office.ts";
import type { JobContext } from "./open-worker-door.ts";

/** Phases that run no code of a repository, and so may run here. */
const here: ReadonlySet<Lease["phase"]> = new Set(["design", "ask"]);

/** One job a lease, however often it is asked for. It has a lane of its own: `/cancel` must not wait for what it cancels. */
async function enqueuePhase(
  office: Office,
  place: Place,
  { issue, lease, head }: { issue: number; lease: Lease; head: string },
): Promise<Result<boolean>> {
  const { phase, nonce } = lease;
  const { installation, repository } = place;
  const work = { issue, phase, nonce, head };
  const data: JobData = { kind: "phase", installation, repository, work };
  const id = `phase:${nonce}`;
  const lane = `${place.repository.id}:${issue}:${phase}:${nonce.slice(0, 12)}`;
  const taken = await office.queue.enqueue({ id, key: id, lane, data });
  if (taken.ok && taken.value) office.wake();
  return taken;
}

/** A lease whose run cannot be started ends with that reason, so that the thread says it. */
async function giveUp(
  door: GitHubDoor,
  feature: Feature,
  lease: Lease,
  failure: Failure,
): Promise<Result<{ feature: Feature; started: readonly Lease[] }>> {
  const { reason } = failure;
  const outcome = { kind: "failed" as const, reason, failure, step: null, work: null };
  const spent = { outcome, documents: {}, spent: [] };
  return await publishResult(door.house, feature, lease, spent);
}

/**
 * Brings leases to where they are carried out: a design into the queue, everything else to the repository's workflow. Asking for it
 * twice starts nothing twice.
 */
export async function startLeases(
  office: Office,
  place: Place,
  door: GitHubDoor,
  { feature, leases, context }: { feature: Feature; leases: readonly Lease[]; context: JobContext },
): Promise<Result<void>> {
  let current = feature;
  const waiting = [...new Map(leases.map((lease) => [lease.nonce, lease])).values()];
  for (let lease = waiting.shift(); lease; lease = waiting.shift()) {
    const about = { phase: lease.phase, spec: lease.spec, issue: feature.issue };
    if (here.has(lease.phase)) {
      const head = current.head ?? "";
      const taken = await enqueuePhase(office, place, { issue: feature.issue, lease, head });
      if (!taken.ok) return taken;
      context.log.info(about, "the worker carries it out");
      continue;
    }
    const dispatched = await dispatchLeases(door, current, [lease]);
    current = dispatched.feature;
    const [failure] = dispatched.failures;
    if (!failure) {
      context.log.info(about, "dispatched to the repository's workflow");
      continue;
    }
    context.log.warn({ ...about, failure }, "could not be dispatched");
    const ended = await giveUp(door, current, lease, failure);
    if (!ended.ok) return ended;
    current = ended.value.feature;
    // The policy may try it again, as often as it allows.
    waiting.push(...ended.value.started);
  }
  return succeed(undefined);
}
