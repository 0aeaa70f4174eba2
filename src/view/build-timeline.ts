import type { Event } from "../workflow/event.ts";
import type { Lease, PhaseName } from "../workflow/phase.ts";

/** One start of a phase, as the ledger tells it. */
export type TimelineEntry = {
  phase: PhaseName;
  spec: string | null;
  attempt: number;
  round: number;
  nonce: string;
  startedAt: string;
  /** null while it runs. */
  endedAt: string | null;
  result: "running" | "done" | "failed" | "expired";
  /** null when unknown, or while it runs. */
  micros: number | null;
  /** Input and output of all its calls. */
  tokens: number;
  /** Model calls answered. */
  requests: number;
};

const begin = (lease: Lease): TimelineEntry => ({
  phase: lease.phase,
  spec: lease.spec,
  attempt: lease.attempt,
  round: lease.round,
  nonce: lease.nonce,
  startedAt: lease.startedAt,
  endedAt: null,
  result: "running",
  micros: null,
  tokens: 0,
  requests: 0,
});

function change(event: Event): { nonce: string; change: Partial<TimelineEntry> } | null {
  switch (event.type) {
    case "PhaseSettled": {
      const requests = event.spent.reduce((sum, spend) => sum + spend.requests, 0);
      const tokens = event.spent.reduce((sum, spend) => sum + spend.input + spend.output, 0);
      const settled = { endedAt: event.at, micros: event.micros, tokens, requests };
      return { nonce: event.nonce, change: { ...settled, result: "done" } };
    }
    case "PhaseFailed":
      return { nonce: event.nonce, change: { endedAt: event.at, result: "failed" } };
    case "LeaseExpired":
      return { nonce: event.nonce, change: { endedAt: event.at, result: "expired" } };
    default:
      return null;
  }
}

/** Every start of a phase in order, with its time and cost: the facts behind the status table and the summary. */
export function buildTimeline(events: readonly Event[]): TimelineEntry[] {
  const entries = new Map<string, TimelineEntry>();
  for (const event of events) {
    if (event.type === "PhaseStarted") entries.set(event.lease.nonce, begin(event.lease));
    const update = change(event);
    const entry = update && entries.get(update.nonce);
    if (update && entry) Object.assign(entry, update.change);
  }
  return [...entries.values()];
}
