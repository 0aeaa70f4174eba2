import type { PhaseName } from "./phase.ts";
import type { Policy } from "./policy.ts";
import type { Refusal } from "./refusal.ts";
import type { State } from "./state.ts";

type Amount = { micros: number; tokens: number };

/** What a start is cut to when the cap leaves less than its allowance, as a part of it; below, it is not worth starting. */
const LEAST_PART = 0.1;

const total = (amounts: Readonly<Record<string, Amount>>, unit: keyof Amount): number =>
  Object.values(amounts).reduce((sum, amount) => sum + amount[unit], 0);

/** What the cap leaves for further starts: neither spent nor reserved. Never negative. */
export const remainingMoney = (state: State, policy: Policy): Amount => {
  const left = (unit: keyof Amount): number =>
    Math.max(0, policy.cap[unit] - state.money.spent[unit] - total(state.money.reserved, unit));
  return { micros: left("micros"), tokens: left("tokens") };
};

/** Money for one start of a phase: its allowance, cut to what the cap leaves; or why it does not fit. */
export function planReservation(
  state: State,
  policy: Policy,
  phase: PhaseName,
): { ok: true; reserved: Amount } | { ok: false; refusal: Refusal } {
  const allowance = policy.allowance[phase];
  const remaining = remainingMoney(state, policy);
  for (const unit of ["micros", "tokens"] as const) {
    if (remaining[unit] >= allowance[unit] * LEAST_PART) continue;
    const needed = allowance[unit];
    const refusal = { phase, needed, remaining: remaining[unit], cap: policy.cap[unit], unit };
    return { ok: false, refusal: { reason: "over-budget", ...refusal } };
  }
  const reserved = {
    micros: Math.min(allowance.micros, remaining.micros),
    tokens: Math.min(allowance.tokens, remaining.tokens),
  };
  return { ok: true, reserved };
}
