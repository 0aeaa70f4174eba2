import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { createMeter } from "../../src/model/meter.ts";
import type { Usage } from "../../src/model/port.ts";
import { createPrice, type Price } from "../../src/model/price-usage.ts";
import { Stop } from "../../src/shared/stop.ts";
import { spendSchema } from "../../src/workflow/phase.ts";

const ALLOWANCE = { micros: 100_000, tokens: 30_000 };
const cached = { input: 3, output: 15, cacheRead: 0.3 };
const known = await createPrice({ "x:y": cached });
const unknown: Price = () => null;

/** What a server may put where a count of tokens belongs. */
const figure = fc.oneof(
  fc.integer({ min: -1_000_000, max: 5_000 }),
  fc.double(),
  fc.constantFrom(null, undefined, "12", "", {}, -0, 1e300, Number.MAX_SAFE_INTEGER),
);
const reported = fc.record({
  input: figure,
  cacheRead: figure,
  cacheWrite: figure,
  output: figure,
  reasoning: figure,
  requests: fc.constant(1),
});

test.each([
  { name: "a known price", price: known, most: 4 },
  { name: "an unknown price", price: unknown, most: 8 },
])("with $name no figure that a server reports opens the allowance", ({ price, most }) => {
  const nonsense = fc.array(reported, { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(nonsense, (replies) => {
      const settings = { allowance: ALLOWANCE, price, progress: () => {}, phase: "build" };
      const meter = createMeter(settings);
      const gauge = meter.open("builder", "x:y");
      let before = 0;
      for (const usage of replies) {
        try {
          gauge.beforeRequest({ input: 1_000, maxOutput: 3_000 });
        } catch (error) {
          expect(error).toBeInstanceOf(Stop);
          break;
        }
        gauge.onUsage(usage as Usage);
        const [spent] = meter.spent();
        // What does not fit the ledger's schema would never be settled there.
        expect(spendSchema.safeParse(spent).success).toBe(true);
        const now = (spent?.input ?? 0) + (spent?.output ?? 0) + (spent?.micros ?? 0);
        expect(now).toBeGreaterThanOrEqual(before);
        before = now;
      }
    }),
    { numRuns: 300 },
  );

  // Figures that are none cost what the request could have cost at most.
  const settings = { allowance: ALLOWANCE, price, progress: () => {}, phase: "build" };
  const gauge = createMeter(settings).open("builder", "x:y");
  let calls = 0;
  const ask = () => {
    for (; calls < 50; calls += 1) {
      gauge.beforeRequest({ input: 1_000, maxOutput: 3_000 });
      gauge.onUsage({ ...NEGATIVE });
    }
  };
  expect(ask).toThrow("over-budget");
  expect(calls).toBeLessThan(most);
});

const NEGATIVE: Usage = {
  input: -1_000_000,
  cacheRead: 5_000_000,
  cacheWrite: 0,
  output: -1,
  reasoning: 0,
  requests: 1,
};

test("an estimate that rests on a negative figure reserves no less than nothing", () => {
  const settings = { allowance: ALLOWANCE, price: known, progress: () => {}, phase: "build" };
  const gauge = createMeter(settings).open("builder", "x:y");
  expect(() => gauge.beforeRequest({ input: -10_000_000, maxOutput: 10_000 })).toThrow(
    "over-budget",
  );
});
