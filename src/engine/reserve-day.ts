import { toMicros } from "../shared/money.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import type { Lease, Spend } from "../workflow/phase.ts";
import type { House } from "./house.ts";

const day = (at: string): string => at.slice(0, 10);

/** What a lease has really cost, to be set in place of what it had reserved. */
export type Settlement = { day: string; key: string; micros: number };

/** null where a price is unknown: the reservation stays, and not settled counts as spent. */
export function settlementOf(lease: Lease, spent: readonly Spend[]): Settlement | null {
  if (spent.some((entry) => entry.micros === null)) return null;
  const micros = spent.reduce((sum, entry) => sum + (entry.micros ?? 0), 0);
  return { day: day(lease.startedAt), key: lease.nonce, micros };
}

/**
 * Reserves a lease's money in the day's budget; `over-budget` when the day would pass its cap. A settlement of the same day is recorded
 * with it, whether it fits or not; `settled` says whether it was.
 */
export async function reserveDay(
  house: House,
  lease: Lease,
  settlement: Settlement | null,
): Promise<{ settled: boolean; reserved: Result<void> }> {
  const cap = toMicros(house.config.budget.day);
  const { micros } = lease.reserved;
  const today = day(lease.startedAt);
  const settled = settlement?.day === today ? { [settlement.key]: settlement.micros } : {};
  const recorded = await house.ledger.recordSpend(today, lease.nonce, micros, cap, settled);
  if (!recorded.ok) return { settled: false, reserved: recorded };
  const isSettled = settlement?.day === today;
  if (recorded.value.fitted) return { settled: isSettled, reserved: succeed(undefined) };
  const spent = recorded.value.total;
  const phase = `day's ${lease.phase}`;
  const failure = { reason: "over-budget", phase, spent, allowance: cap, unit: "usd" } as const;
  return { settled: isSettled, reserved: fail(failure) };
}

/** Replaces a reservation by what was really spent, by itself. Settling twice is as good as once. */
export async function settleDay(
  house: House,
  { day: on, key, micros }: Settlement,
): Promise<Result<void>> {
  const cap = Number.MAX_SAFE_INTEGER;
  const recorded = await house.ledger.recordSpend(on, key, micros, cap);
  return recorded.ok ? succeed(undefined) : recorded;
}
