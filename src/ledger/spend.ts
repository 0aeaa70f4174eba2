import type { Settled } from "./port.ts";

/** Money of one day by key (a lease's nonce), in micro-dollars. */
export type SpendEntries = ReadonlyMap<string, number>;

/**
 * The day's entries with `key` set to `micros`, if the total stays within `cap`. A key replaces itself; an
 * entry that does not grow always fits, because settling below what was reserved must never be refused. What is `settled` counts first.
 */
export function addSpend(
  entries: SpendEntries,
  key: string,
  micros: number,
  cap: number,
  settled: Settled = {},
): { entries: Map<string, number>; fitted: boolean; changed: boolean; total: number } {
  const base = new Map([...entries, ...Object.entries(settled)]);
  const isSettled = Object.entries(settled).some(([each, amount]) => entries.get(each) !== amount);
  const before = base.get(key);
  const next = new Map(base).set(key, micros);
  const fitted = totalOf(next) <= cap || (before !== undefined && micros <= before);
  const kept = fitted ? next : base;
  const changed = isSettled || (fitted && before !== micros);
  return { entries: kept, fitted, changed, total: totalOf(kept) };
}

const totalOf = (entries: SpendEntries): number =>
  [...entries.values()].reduce((sum, micros) => sum + micros, 0);

/** The entries of `spend.json`, or null when it is not an object of whole amounts. */
export function parseSpend(text: string): Map<string, number> | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
    const entries = Object.entries(value);
    const sound = entries.every(([, micros]) => Number.isSafeInteger(micros) && micros >= 0);
    return sound ? new Map(entries) : null;
  } catch {
    return null;
  }
}
