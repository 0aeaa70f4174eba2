import { findOwn, without } from "./find-own.ts";
import type { PhaseName, Spend } from "./phase.ts";
import type { State } from "./state.ts";

type Money = State["money"];
type Amount = { micros: number; tokens: number };

const knownMicros = (spent: readonly Spend[]): number =>
  spent.reduce((sum, spend) => sum + (spend.micros ?? 0), 0);

function addSpend(
  byRole: Money["byRole"],
  phase: PhaseName,
  spend: Spend,
): (Spend & { phase: PhaseName })[] {
  const isSame = (known: Spend & { phase: PhaseName }): boolean =>
    known.phase === phase && known.role === spend.role && known.model === spend.model;
  const before = byRole.find(isSame);
  if (!before) return [...byRole, { ...spend, phase }];
  const sum = {
    ...before,
    micros: before.micros === null || spend.micros === null ? null : before.micros + spend.micros,
    input: before.input + spend.input,
    cacheRead: before.cacheRead + spend.cacheRead,
    cacheWrite: before.cacheWrite + spend.cacheWrite,
    output: before.output + spend.output,
    reasoning: before.reasoning + spend.reasoning,
    requests: before.requests + spend.requests,
  };
  return byRole.map((known) => (isSame(known) ? sum : known));
}

export const reserveMoney = (money: Money, nonce: string, reserved: Amount): Money => ({
  ...money,
  reserved: { ...money.reserved, [nonce]: reserved },
});

/** A run reported what it spent. It takes the place of what was reserved or presumed, once; a second report adds nothing. */
export function settleMoney(
  money: Money,
  report: {
    nonce: string;
    phase: PhaseName;
    micros: number | null;
    tokens: number;
    spent: readonly Spend[];
  },
): Money {
  const { nonce, phase, spent } = report;
  const presumed = findOwn(money.presumed, nonce);
  if (!presumed && !findOwn(money.reserved, nonce)) return money;
  return {
    reserved: without(money.reserved, (key) => key === nonce),
    presumed: without(money.presumed, (key) => key === nonce),
    spent: {
      micros: money.spent.micros - (presumed?.micros ?? 0) + (report.micros ?? knownMicros(spent)),
      tokens: money.spent.tokens - (presumed?.tokens ?? 0) + report.tokens,
    },
    unknown: money.unknown || report.micros === null,
    byRole: spent.reduce((all, spend) => addSpend(all, phase, spend), [...money.byRole]),
  };
}

/** A lease ended without a report: what it had reserved counts as spent until the run itself says otherwise. */
export function presumeMoney(money: Money, nonce: string): Money {
  const reserved = findOwn(money.reserved, nonce);
  if (!reserved) return money;
  return {
    ...money,
    reserved: without(money.reserved, (key) => key === nonce),
    presumed: { ...money.presumed, [nonce]: reserved },
    spent: {
      micros: money.spent.micros + reserved.micros,
      tokens: money.spent.tokens + reserved.tokens,
    },
  };
}
