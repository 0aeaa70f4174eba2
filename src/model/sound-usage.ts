import type { Usage } from "./port.ts";

/** No response is larger; beyond it sums in the ledger would stop being exact. */
const MOST_TOKENS = 1_000_000_000;

/**
 * A usage that arithmetic can be done with: whole, not negative, parts within their whole. Servers report what they like,
 * and one negative or missing figure would give money back and open the allowance. A figure that is none is taken from
 * `presumed`, what the request had reserved: unknown is never zero.
 */
export function soundUsage(reported: Usage, presumed: { input: number; output: number }): Usage {
  const input = count(reported.input, presumed.input);
  const output = count(reported.output, presumed.output);
  const cacheRead = Math.min(count(reported.cacheRead, 0), input);
  return {
    input,
    cacheRead,
    cacheWrite: Math.min(count(reported.cacheWrite, 0), input - cacheRead),
    output,
    reasoning: Math.min(count(reported.reasoning, 0), output),
    requests: count(reported.requests, 1),
  };
}

const isCount = (value: unknown): value is number =>
  typeof value === "number" && value >= 0 && !Number.isNaN(value);

const count = (value: unknown, otherwise: number): number =>
  Math.min(Math.ceil(isCount(value) ? value : Math.max(0, otherwise)), MOST_TOKENS);
