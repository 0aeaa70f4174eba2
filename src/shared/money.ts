/** Money in whole micro-dollars (1 USD = 1,000,000), so that sums in the ledger are exact. */
export type Micros = number;

export const MICROS_PER_USD = 1_000_000;

export const toMicros = (usd: number): Micros => Math.ceil(usd * MICROS_PER_USD);

/** `$0.21`, `$0.0042`; unknown stays "unknown", because an unknown price is never zero. */
export function formatMicros(micros: Micros | null): string {
  if (micros === null) return "unknown";
  const usd = micros / MICROS_PER_USD;
  if (usd === 0 || Math.abs(usd) >= 0.01) return `$${usd.toFixed(2)}`;
  return `$${usd.toFixed(4)}`;
}
