import { describe, expect, test } from "@jest/globals";
import { createPrice } from "../../src/model/price-usage.ts";

const usage = {
  input: 1_000_000,
  cacheRead: 0,
  cacheWrite: 0,
  output: 1_000_000,
  reasoning: 0,
  requests: 1,
};

describe("createPrice", () => {
  test.each([
    ["anthropic:claude-opus-5-5", 24_000_000],
    ["anthropic:claude-opus-5-5-20260922", 24_000_000],
    ["anthropic:claude-sonnet-4-5-20250929", null],
    ["openai:gpt-4o", 12_500_000],
    ["openai:gpt-4o-2024-08-06", 12_500_000],
  ])("knows the public price of %s", async (id, micros) => {
    const price = await createPrice({});
    if (micros === null) expect(price(id, usage)).toBeGreaterThan(0);
    else expect(price(id, usage)).toBe(micros);
  });

  test.each([
    // Would be priced as claude-sonnet-5 by its prefix.
    "anthropic:claude-sonnet-5-5",
    "anthropic:claude-sonnet-4-5-turbo",
    "anthropic:nonsense",
    "openai:gpt-6.1-sol",
    "ollama:qwen3:32b",
    "ollama:gpt-4o",
    "scripted:demo",
    "gpt-4o",
    "toString:valueOf",
    "",
  ])("does not know the price of %j", async (id) => {
    const price = await createPrice({});
    expect(price(id, usage)).toBeNull();
  });

  test("tells the parts of a prompt apart", async () => {
    const price = await createPrice({});
    const cached = { ...usage, cacheRead: 900_000, output: 0 };
    // 100,000 at $4 and 900,000 at $0.20 a million.
    expect(price("anthropic:claude-opus-5-5", cached)).toBe(400_000 + 180_000);
  });

  test("prefers an override, also to know what is free", async () => {
    const price = await createPrice({
      "anthropic:claude-sonnet-5-5": { input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5 },
      "anthropic:claude-opus-5-5": { input: 1, output: 1 },
      "ollama:qwen3:32b": { input: 0, output: 0 },
    });
    const mixed = { ...usage, cacheRead: 500_000, cacheWrite: 100_000, output: 10 };
    expect(price("anthropic:claude-sonnet-5-5", mixed)).toBe(800_000 + 50_000 + 250_000 + 100);
    // Without rates of their own, cached parts cost what other input costs.
    expect(price("anthropic:claude-opus-5-5", mixed)).toBe(1_000_010);
    expect(price("ollama:qwen3:32b", usage)).toBe(0);
  });

  test("rounds up to whole micro-dollars, so that nothing is free by smallness", async () => {
    const price = await createPrice({ "openai:tiny": { input: 0.1, output: 0.1 } });
    const one = { ...usage, input: 1, output: 0 };
    expect(price("openai:tiny", one)).toBe(1);
    expect(price("anthropic:claude-opus-5-5", one)).toBe(4);
  });
});
