import { describe, expect, test } from "@jest/globals";
import { derivePolicy } from "../../src/config/derive-policy.ts";
import { parseConfig } from "../../src/config/load-config.ts";

const policyOf = (text: string) => {
  const config = parseConfig(text, "archwright.yml");
  if (!config.ok) throw new Error(JSON.stringify(config.failure));
  return derivePolicy(config.value);
};

describe("derivePolicy", () => {
  test("turns dollars into whole micro-dollars, rounded up", () => {
    const policy = policyOf("budget: {issue: 0.1234567, phases: {build: 0.1}}");
    expect(policy.cap.micros).toBe(123_457);
    expect(policy.allowance.build.micros).toBe(100_000);
  });

  test("no phase may cost more than the issue", () => {
    const { allowance, cap } = policyOf("budget: {issue: 0.3, tokens: 1000}");
    for (const each of Object.values(allowance)) {
      expect(each.micros).toBeLessThanOrEqual(cap.micros);
      expect(each.tokens).toBeLessThanOrEqual(cap.tokens);
    }
  });

  test("a budget of nothing allows nothing", () => {
    const { allowance } = policyOf("budget: {issue: 0}");
    expect(Object.values(allowance)).toEqual(Array(5).fill({ micros: 0, tokens: 0 }));
  });

  test.each([
    [
      "order of keys",
      "label: x\nbudget: {issue: 3, day: 4}",
      "budget: {day: 4, issue: 3}\nlabel: x",
    ],
    ["comments and defaults written out", "", "# words\napproval: {quorum: 1}"],
    ["models", "", "models: {builder: 'ollama:x'}"],
    ["budgets", "", "budget: {issue: 6, phases: {build: 3}}"],
    ["prices", "", "prices: {'ollama:x': {input: 0, output: 0}}"],
    ["times", "", "limits: {commandSeconds: 5, leaseMinutes: 9}"],
    ["what starts by itself", "", "automatic: {build: false}"],
  ])("the version does not change with %s", (_, one, other) => {
    expect(policyOf(one).version).toBe(policyOf(other).version);
  });

  test.each([
    ["roles", "approval: {roles: [admin]}"],
    ["quorum", "approval: {quorum: 2}"],
    ["the threshold", "review: {threshold: 80}"],
    ["the weights", "review: {weights: {style: 5, testing: 15}}"],
    ["commands", "commands: {unit: make test}"],
    ["protected paths", "paths: {extra: [db/**]}"],
    ["isolation", "isolation: none"],
    ["roles of commands", "commandRoles: {approve: maintain}"],
  ])("the version changes with %s", (_, text) => {
    expect(policyOf(text).version).not.toBe(policyOf("").version);
  });
});
