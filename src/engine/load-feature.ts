import type { LedgerSnapshot, LedgerStore } from "../ledger/port.ts";
import { type Result, succeed } from "../shared/result.ts";
import { type Event, eventSchema } from "../workflow/event.ts";
import { foldEvents } from "../workflow/fold-events.ts";
import type { State } from "../workflow/state.ts";

/** A feature as its ledger tells it at one commit. `events` holds those this version knows. */
export type Feature = {
  issue: number;
  head: string | null;
  state: State;
  events: readonly Event[];
  documents: Readonly<Record<string, string>>;
};

export function readFeature(snapshot: LedgerSnapshot): Feature {
  const raw = snapshot.records.map((record) => record.event);
  const events = raw.flatMap((event) => {
    const parsed = eventSchema.safeParse(event);
    return parsed.success ? [parsed.data] : [];
  });
  return {
    issue: snapshot.issue,
    head: snapshot.head,
    state: foldEvents(raw),
    events,
    documents: snapshot.documents,
  };
}

/** Loads and folds the ledger of an issue. `contains`: a head that the answer must include (reads can be stale). */
export async function loadFeature(
  ledger: LedgerStore,
  issue: number,
  contains?: string,
): Promise<Result<Feature>> {
  const loaded = await ledger.load(issue, contains ? { contains } : {});
  return loaded.ok ? succeed(readFeature(loaded.value)) : loaded;
}
