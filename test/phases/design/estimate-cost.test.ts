import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { BuildSpec } from "../../../src/documents/schema-build-spec.ts";
import type { ModelRole, Usage } from "../../../src/model/port.ts";
import { estimateCost } from "../../../src/phases/design/estimate-cost.ts";
import { consumptionSpec } from "../signal-plan.ts";

const perToken = (role: ModelRole, usage: Usage): number =>
  (role === "builder" ? 1 : 2) * (usage.input - usage.cacheRead) +
  usage.cacheRead / 10 +
  usage.output * 5;
const options = { bytes: () => 4000, price: perToken, maxRounds: 2 };

describe("estimateCost", () => {
  test("low lies below high, and both are whole and above zero", () => {
    const { low, high, basis } = estimateCost([consumptionSpec], {
      ...options,
      price: (role, usage) => Math.ceil(perToken(role, usage)),
    });
    expect(Number.isInteger(low) && Number.isInteger(high)).toBe(true);
    expect(low).toBeGreaterThan(0);
    expect(high).toBeGreaterThan(low ?? 0);
    expect(basis).toMatch(/^1 spec, 1 of 2 steps by a model, up to 2 fix rounds/);
  });
  test.each(["validator", "builder", "reviewer"])(
    "an unknown price of the %s makes it unknown, never zero",
    (unknown) => {
      const price = (role: ModelRole, usage: Usage) =>
        role === unknown ? null : perToken(role, usage);
      expect(estimateCost([consumptionSpec], { ...options, price })).toMatchObject({
        low: null,
        high: null,
      });
    },
  );
  test("mechanical steps cost nothing to build", () => {
    const mechanical: BuildSpec = {
      ...consumptionSpec,
      steps: consumptionSpec.steps.map((step) => ({ ...step, mode: "mechanical" })),
    };
    const roles = new Set<ModelRole>();
    estimateCost([mechanical], { ...options, price: (role) => roles.add(role).size });
    expect([...roles].sort()).toEqual(["reviewer", "validator"]);
  });
  test("grows with file sizes, specs and rounds", () => {
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc.nat(100_000),
        fc.integer({ min: 0, max: 4 }),
        (bytes, more, rounds) => {
          const at = (size: number, maxRounds: number, specs = [consumptionSpec]) =>
            estimateCost(specs, { ...options, bytes: () => size, maxRounds });
          const less = at(bytes, rounds);
          const bigger = at(bytes + more, rounds + 1);
          expect(bigger.low).toBeGreaterThanOrEqual(less.low ?? Number.NaN);
          expect(bigger.high).toBeGreaterThan(less.high ?? Number.NaN);
          const two = at(bytes, rounds, [consumptionSpec, { ...consumptionSpec, id: "BUILD_02" }]);
          expect(two.low).toBeGreaterThan(less.low ?? Number.NaN);
        },
      ),
    );
  });
});
