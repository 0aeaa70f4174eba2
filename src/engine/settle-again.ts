import type { Lease } from "../workflow/phase.ts";
import type { House } from "./house.ts";
import type { Feature } from "./load-feature.ts";
import { settleDay } from "./reserve-day.ts";

/** Settles once more what a published lease has cost, as the ledger tells it: a crash may have come between the two. */
export async function settleAgain(house: House, feature: Feature, lease: Lease): Promise<void> {
  const settled = feature.events.find(
    (event) => event.type === "PhaseSettled" && event.nonce === lease.nonce,
  );
  if (settled?.type !== "PhaseSettled" || settled.micros === null) return;
  const day = lease.startedAt.slice(0, 10);
  // What cannot be settled stays reserved, and counts as spent.
  await settleDay(house, { day, key: lease.nonce, micros: settled.micros });
}
