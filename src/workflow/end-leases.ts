import { type Draft, record } from "./draft.ts";
import type { Lease } from "./phase.ts";
import { toWorkKey } from "./work-key.ts";

/** Ends live leases: their runs may go on, but what they publish is kept as late and not applied. */
export function cancelLeases(draft: Draft, concerns: (lease: Lease) => boolean): void {
  for (const lease of draft.state.leases.filter(concerns)) {
    const { nonce } = lease;
    record(draft, { type: "LeaseExpired", nonce, key: toWorkKey(lease), why: "cancelled" });
  }
}

/** Builds do not outlive the quorum they were started with. */
export function cancelUnapprovedBuilds(draft: Draft): void {
  const people = new Set(draft.state.approvals.map((approval) => approval.actorId));
  if (people.size < Math.max(1, draft.policy.approval.quorum)) {
    cancelLeases(draft, (lease) => lease.phase === "build");
  }
}
