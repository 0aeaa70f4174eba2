import { toMicros } from "../shared/money.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import type { Lease, Spend } from "../workflow/phase.ts";
import type { House } from "./house.ts";

const day = (at: string): string => at.slice(0, 10);

/** Reserves a lease's money in the day's budget; `over-budget` when the day would pass its cap. */
export async function reserveDay(house: House, lease: Lease): Promise<Result<void>> {
  const cap = toMicros(house.config.budget.day);
  const { micros } = lease.reserved;
  const recorded = await house.ledger.recordSpend(day(lease.startedAt), lease.nonce, micros, cap);
  if (!recorded.ok) return recorded;
  if (recorded.value.fitted) return succeed(undefined);
  const spent = recorded.value.total;
  return fail({
    reason: "over-budget",
    phase: `day's ${lease.phase}`,
    spent,
    allowance: cap,
    unit: "usd",
  });
}

/** Replaces the reservation by what was really spent. An unknown price keeps the reservation: not settled counts as spent. */
export async function settleDay(
  house: House,
  lease: Lease,
  spent: readonly Spend[],
): Promise<Result<void>> {
  const unknown = spent.some((entry) => entry.micros === null);
  if (unknown) return succeed(undefined);
  const micros = spent.reduce((sum, entry) => sum + (entry.micros ?? 0), 0);
  const recorded = await house.ledger.recordSpend(
    day(lease.startedAt),
    lease.nonce,
    micros,
    Number.MAX_SAFE_INTEGER,
  );
  return recorded.ok ? succeed(undefined) : recorded;
}
