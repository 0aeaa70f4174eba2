import type { MatchLogic, PriceCalculation } from "@pydantic/genai-prices";
import { MICROS_PER_USD, type Micros } from "../shared/money.ts";
import type { Usage } from "./port.ts";

/** Price of a usage in whole micro-dollars, rounded up; null when the price of the model is unknown, never 0. */
export type Price = (modelId: string, usage: Usage) => Micros | null;

/** USD per million tokens. Cached parts cost as much as other input where they are not given. */
export type Rate = { input: number; output: number; cacheRead?: number; cacheWrite?: number };

/** Providers whose public prices apply. Any other server may be free, rented or resold: unknown unless overridden. */
const PUBLIC_PRICES = new Set(["anthropic", "openai", "openrouter"]);

/**
 * Prices by `provider:model`: the override where there is one, else the public price list that came with the
 * installed package. The list matches by prefix and so gives a new model the price of an old one; only a match that
 * means this very model counts.
 */
export async function createPrice(overrides: Readonly<Record<string, Rate>>): Promise<Price> {
  // Imported here because it is slow to load and not every command needs prices.
  const { calcPrice } = await import("@pydantic/genai-prices");
  return (modelId, usage) => {
    const rate = Object.hasOwn(overrides, modelId) ? overrides[modelId] : undefined;
    if (rate) return priceByRate(rate, usage);
    const colon = modelId.indexOf(":");
    const providerId = modelId.slice(0, colon);
    const name = modelId.slice(colon + 1);
    if (!PUBLIC_PRICES.has(providerId)) return null;
    const tokens = {
      input_tokens: usage.input,
      cache_read_tokens: usage.cacheRead,
      cache_write_tokens: usage.cacheWrite,
      output_tokens: usage.output,
    };
    const result = calcPrice(tokens, name, { providerId });
    return result && isExact(result, name) ? roundUp(result.total_price * MICROS_PER_USD) : null;
  };
}

function priceByRate(rate: Rate, usage: Usage): Micros {
  const plain = usage.input - usage.cacheRead - usage.cacheWrite;
  const perMillion =
    plain * rate.input +
    usage.cacheRead * (rate.cacheRead ?? rate.input) +
    usage.cacheWrite * (rate.cacheWrite ?? rate.input) +
    usage.output * rate.output;
  // USD per million tokens times tokens is micro-dollars.
  return roundUp(perMillion);
}

/** Up, but not because of the last digit of a floating-point sum. */
const roundUp = (micros: number): Micros => Math.ceil(Number(micros.toFixed(6)));

/** A dated release of the same model, as both vendors name them. */
const DATE = /-(?:\d{8}|\d{4}-\d{2}-\d{2})$/;

function isExact({ model }: PriceCalculation, name: string): boolean {
  return model.id === name || model.id === name.replace(DATE, "") || names(model.match, name);
}

function names(match: MatchLogic, name: string): boolean {
  if ("equals" in match) return match.equals === name;
  if ("or" in match) return match.or.some((each) => names(each, name));
  return "regex" in match && match.regex.endsWith("$") && new RegExp(match.regex).test(name);
}
