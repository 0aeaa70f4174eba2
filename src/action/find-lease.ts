import { isUnclaimed, parseRun } from "../door/name-run.ts";
import type { Work } from "../engine/hand-over.ts";
import type { Feature } from "../engine/load-feature.ts";
import type { Lease } from "../workflow/phase.ts";
import type { Place } from "./read-place.ts";

/** The lease that this run is to work for, or why it is not to. */
export type FoundLease = { kind: "held"; lease: Lease } | { kind: "superseded"; why: string };

/** The lease as the ledger has it: a run works only for one that is live and that no other run carries out. */
export function findLease(feature: Feature, work: Work, { run }: Place): FoundLease {
  const lease = feature.state.leases.find(({ nonce }) => nonce === work.nonce);
  if (!lease || lease.phase !== work.phase) {
    return {
      kind: "superseded",
      why: `the ${work.phase} is over, was cancelled, or was started anew`,
    };
  }
  const holder = parseRun(lease.runId);
  if (!isUnclaimed(lease.runId) && holder?.id !== run.id) {
    return {
      kind: "superseded",
      why: `it is carried out by ${lease.runId.replace("actions:", "run ")}`,
    };
  }
  return { kind: "held", lease };
}
