import type { ViewFacts } from "./render-comments.ts";

const isActionsRun = (runId: string): boolean => runId.startsWith("actions:");

/** Run whose log tells of the work: the one that works now, else the last one that did. null where the ledger names none. */
export function findRun({ state, events }: Pick<ViewFacts, "state" | "events">): string | null {
  const live = state.leases.at(-1);
  if (live) return isActionsRun(live.runId) ? live.runId : null;
  const named = events.flatMap((event) => {
    if (event.type === "LeaseClaimed") return [event.runId];
    return event.type === "PhaseStarted" ? [event.lease.runId] : [];
  });
  return named.findLast(isActionsRun) ?? null;
}
