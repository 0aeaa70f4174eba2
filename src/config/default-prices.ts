/**
 * Prices, in USD per million tokens, of default models that the price list in use does not know or knows wrongly
 * (checked in November 2026 on the vendors' pages). Where a vendor has tiers, the dearer one stands here, so that an
 * allowance errs on the safe side.
 */
export const defaultPrices: Readonly<
  Record<string, { input: number; output: number; cacheRead?: number; cacheWrite?: number }>
> = {
  "anthropic:claude-opus-5-5": { input: 4, output: 20, cacheRead: 0.2, cacheWrite: 8 },
  "anthropic:claude-sonnet-5-5": { input: 2, output: 10, cacheRead: 0.1, cacheWrite: 4 },
  "anthropic:claude-haiku-5-5": { input: 0.5, output: 2.5, cacheRead: 0.05, cacheWrite: 1 },
  "openai:gpt-6.2-sol": { input: 2, output: 10 },
  "openai:gpt-6.1-sol": { input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5 },
  "openai:gpt-6.1-terra": { input: 1, output: 5, cacheRead: 0.05, cacheWrite: 2.5 },
};
