import type { Accepted } from "../engine/accept-trigger.ts";
import type { Work } from "../engine/hand-over.ts";
import { type Feature, loadFeature } from "../engine/load-feature.ts";
import { publishResult } from "../engine/publish-result.ts";
import type { LeaseResult } from "../engine/run-lease.ts";
import { settleAgain } from "../engine/settle-again.ts";
import { showFeature } from "../engine/show-feature.ts";
import type { Failure } from "../shared/failure.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import type { Lease } from "../workflow/phase.ts";
import { checkHandOver } from "./check-hand-over.ts";
import type { GitHubDoor } from "./github-door.ts";
import { parseRun } from "./name-run.ts";
import { readHandOver } from "./read-hand-over.ts";
import { type Receiving, receiveWork } from "./receive-work.ts";

/** What became of the end of a phase. `failure` is what the thread is told instead of a result. */
export type Published = {
  kind: "published" | "published-before" | "kept-late" | "superseded" | "lost" | "refused";
  feature: Feature;
  lease: Lease | null;
  failure: Failure | null;
  /** Leases that follow: their runs have to be started. */
  started: readonly Lease[];
  notes: readonly string[];
  /** Why the thread could not be brought up to date. */
  shown: Failure | null;
};

export type Publishing = Omit<Receiving, "commit"> & {
  /** Said where nothing was handed over: how the run ended, and where its log is. */
  lost: { result: string; link: string | null };
  /** Id of the run that hands over. What another run holds is not lost because this one brings nothing. */
  run?: string;
};

const failedOutcome = (failure: Failure): LeaseResult["outcome"] => ({
  kind: "failed",
  reason: failure.reason,
  failure,
  step: null,
  work: null,
});

/** What a run that says nothing, or nothing that can be believed, counts as having spent: all that it had reserved. */
export const presume = ({ phase, reserved }: Lease): LeaseResult["spent"] => [
  {
    role: phase,
    model: "not reported",
    micros: reserved.micros,
    ...{
      input: reserved.tokens,
      cacheRead: 0,
      cacheWrite: 0,
      output: 0,
      reasoning: 0,
      requests: 0,
    },
  },
];

/** Whether a live lease is carried out by another run than this one. */
function isElsewhere({ state }: Feature, nonce: string, run: string | undefined): boolean {
  const holder = parseRun(state.leases.find((lease) => lease.nonce === nonce)?.runId ?? "");
  return run !== undefined && holder !== null && holder.id !== run;
}

const findLease = ({ events }: Feature, nonce: string): Lease | null =>
  events.flatMap((event) =>
    event.type === "PhaseStarted" && event.lease.nonce === nonce ? [event.lease] : [],
  )[0] ?? null;

type Read = {
  result: LeaseResult;
  kind: "published" | "lost" | "refused";
  failure: Failure | null;
};

const instead = (kind: "lost" | "refused", lease: Lease, failure: Failure): Read => ({
  kind,
  failure,
  result: { outcome: failedOutcome(failure), documents: {}, spent: presume(lease) },
});

/** The result that can be believed. What breaks a rule ends the phase as refused; what could not be checked now stops here. */
async function read(
  { house, origin }: GitHubDoor,
  { feature, lease }: { feature: Feature; lease: Lease },
  publishing: Publishing,
): Promise<Result<Read>> {
  const { folder, lost } = publishing;
  const expected = { repository: origin.repository.name, issue: feature.issue, nonce: lease.nonce };
  const handOver = await readHandOver(folder, expected);
  if (!handOver.ok) return succeed(instead("refused", lease, handOver.failure));
  if (handOver.value === null) {
    return succeed(instead("lost", lease, { reason: "run-lost", ...lost }));
  }
  const facts = { house, feature, lease, handOver: handOver.value };
  const checked = await checkHandOver(facts);
  const outcome = checked.ok
    ? await receiveWork(facts, { ...publishing, commit: origin.commit })
    : checked;
  if (outcome.ok) {
    const { documents, spent } = handOver.value;
    return succeed({
      kind: "published",
      failure: null,
      result: { outcome: outcome.value, documents, spent },
    });
  }
  if (outcome.failure.reason === "hand-over-refused") {
    return succeed(instead("refused", lease, outcome.failure));
  }
  return outcome;
}

/** What was published once is only settled and shown again: the crash may have come in between. */
async function showAgain(
  { house }: GitHubDoor,
  feature: Feature,
  lease: Lease,
): Promise<Result<Published>> {
  await settleAgain(house, feature, lease);
  const shown = await showFeature(house, feature);
  return succeed({
    kind: "published-before",
    feature,
    lease,
    failure: null,
    started: [],
    notes: shown.ok ? shown.value.notes : [],
    shown: shown.ok ? null : shown.failure,
  });
}

/**
 * Publishes what a phase handed over, as somebody's word who is not trusted: checked against the ledger, commits rebuilt, then moved,
 * told and settled under the lease. Where nothing came, the lease ends as lost, and what it had reserved counts as spent. A result that
 * comes after its lease ended is kept and applied to nothing. Publishing twice changes nothing.
 */
export async function publishHandOver(
  door: GitHubDoor,
  work: Work,
  publishing: Publishing,
): Promise<Result<Published>> {
  const loaded = await loadFeature(door.house.ledger, work.issue, work.head);
  if (!loaded.ok) return loaded;
  const feature = loaded.value;
  const lease = findLease(feature, work.nonce);
  if (lease === null || lease.phase !== work.phase) {
    return fail({
      reason: "hand-over-refused",
      detail: "the ledger knows no such lease",
      path: null,
    });
  }
  if (feature.state.sources.has(`run:${lease.nonce}`)) return await showAgain(door, feature, lease);
  const live = feature.state.leases.some(({ nonce }) => nonce === lease.nonce);
  const found = await read(door, { feature, lease }, publishing);
  if (!found.ok) return found;
  const { result, kind, failure } = found.value;
  const nothing = { feature, lease, failure, started: [], notes: [], shown: null };
  const elsewhere = isElsewhere(feature, lease.nonce, publishing.run);
  if ((!live || elsewhere) && kind !== "published")
    return succeed({ ...nothing, kind: "superseded" });
  const published: Result<Accepted> = await publishResult(door.house, feature, lease, result);
  if (!published.ok) return published;
  const { started, notes, shown } = published.value;
  const known = { feature: published.value.feature, lease, failure, started, notes, shown };
  return succeed({ ...known, kind: live ? kind : "kept-late" });
}
