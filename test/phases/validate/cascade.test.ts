import { describe, expect, test } from "@jest/globals";
import { configSchema } from "../../../src/config/schema.ts";
import type { ValidationConfig } from "../../../src/config/schema-validation.ts";
import type { Claim } from "../../../src/documents/schema-validation-report.ts";
import type { ModelTier } from "../../../src/model/port.ts";
import { planLadder } from "../../../src/phases/validate/checks/plan-ladder.ts";
import { emptyReply, type ReplyFinding } from "../../../src/phases/validate/checks/reply.ts";
import { type CheckResult, runChecks } from "../../../src/phases/validate/checks/run-checks.ts";
import type { Failure } from "../../../src/shared/failure.ts";
import { phaseTools, scriptModel } from "../stage.ts";

const three = { small: "a:tiny", medium: "a:middle", large: "a:best" };
const defaults = configSchema.parse({}).validation;
const nothing = { ...emptyReply };

const file = "class Base {\n  run() {}\n}\n";
const files = { text: async (path: string) => (path === "src/base.ts" ? file : null) };
const claims = [
  { id: "C-1", verdict: "true" },
  { id: "C-2", verdict: "unproven" },
] as Claim[];

const finding: ReplyFinding = {
  severity: "major",
  title: "A base exists",
  detail: "",
  suggestion: "Extend it.",
  aboutDirection: false,
  sure: "yes",
  evidence: [{ path: "src/base.ts", startLine: 1, endLine: 1, quote: "class Base {" }],
};
const madeUp = {
  ...finding,
  evidence: [{ ...finding.evidence[0], quote: "class Gone {" } as never],
};
const saying = (...findings: ReplyFinding[]) => ({ ...nothing, findings });

const refused: Failure = { reason: "model-refused", role: "validator", detail: "no" };
const truncated: Failure = { reason: "model-truncated", role: "validator", detail: "long" };
const invalid: Failure = { reason: "model-invalid", role: "validator", detail: "x" };
const broke: Failure = {
  reason: "over-budget",
  phase: "validate",
  spent: 1,
  allowance: 1,
  unit: "usd",
};
const away: Failure = { reason: "model-unavailable", role: "validator", detail: "status 529" };

/** What each size answers to one check; the other checks find nothing. */
type Answers = Partial<Record<ModelTier, unknown>>;

async function run(
  answers: Partial<Record<string, Answers>>,
  { config = {}, tiers = three }: { config?: Partial<ValidationConfig>; tiers?: Answers } = {},
) {
  const model = scriptModel({
    tiers: tiers as Record<ModelTier, string>,
    tried: ({ purpose, tier }) => answers[purpose.step ?? ""]?.[tier ?? "medium"] ?? nothing,
  });
  const bench = {
    user: "The plan.",
    files,
    claims,
    config: { ...defaults, ...config },
    attempt: 1,
  };
  const results = await runChecks(bench, phaseTools(model));
  const asked = model.calls.map(({ purpose, tier }) => `${purpose.step} ${tier}`);
  return { results, asked, byName: (name: string) => find(results, name) };
}

function find(results: readonly CheckResult[], name: string): CheckResult {
  const found = results.find(({ check }) => check.name === name);
  if (!found) throw new Error(`no check ${name}`);
  return found;
}

describe("the ladder of models", () => {
  const ladder = (names: Record<ModelTier, string>, highest: ModelTier = "large") =>
    planLadder((tier) => names[tier], { highest }).map(({ tier, model }) => `${tier} ${model}`);
  test.each<[string, Record<ModelTier, string>, ModelTier, string[]]>([
    ["three models", three, "large", ["small a:tiny", "medium a:middle", "large a:best"]],
    ["up to the medium one", three, "medium", ["small a:tiny", "medium a:middle"]],
    [
      "no small one of its own",
      { ...three, small: "a:middle" },
      "large",
      ["medium a:middle", "large a:best"],
    ],
    ["one for all", { small: "a:b", medium: "a:b", large: "a:b" }, "large", ["medium a:b"]],
    [
      "one for all, small only",
      { small: "a:b", medium: "a:b", large: "a:b" },
      "small",
      ["small a:b"],
    ],
  ])("%s", (_name, names, highest, rungs) => {
    expect(ladder(names, highest)).toEqual(rungs);
  });
});

describe("a check", () => {
  test("is asked small, and no more where nothing speaks against the answer", async () => {
    const { asked, results } = await run({ patterns: { small: saying(finding) } });
    expect(asked.toSorted()).toEqual([
      "dependencies small",
      "optimisation small",
      "patterns small",
      "risk small",
    ]);
    expect(results.map(({ check }) => [check.state, check.tier, check.micros])).toEqual(
      Array(4).fill(["done", "small", 1_000]),
    );
  });

  test.each<[string, unknown, RegExp]>([
    [
      "a grave finding that it is not sure of",
      saying({ ...finding, sure: "no" }),
      /not sure of 1 finding/,
    ],
    ["a refusal", { failure: refused }, /refused/],
    ["a reply that is cut off", { failure: truncated }, /cut off/],
    ["a reply that cannot be used", { failure: invalid }, /could not be used/],
    [
      "more findings without proof than with",
      saying(finding, madeUp, madeUp),
      /quotes of 2 of 3 findings/,
    ],
    [
      "a claim that code decided",
      { ...nothing, disputed: [{ claim: "C-1", why: "x" }] },
      /contradicts what code decided: C-1/,
    ],
  ])("goes up for %s, and says so with what all of it cost", async (_name, small, why) => {
    const { asked, byName } = await run({ patterns: { small } });
    expect(asked.filter((each) => each.startsWith("patterns"))).toEqual([
      "patterns small",
      "patterns medium",
    ]);
    const { check } = byName("patterns");
    expect(check).toMatchObject({
      state: "done",
      tier: "medium",
      model: "a:middle",
      micros: 2_000,
    });
    expect(check.escalated).toEqual([expect.stringMatching(why)]);
    expect(check.escalated[0]).toContain("small, `a:tiny`");
  });

  test.each<[string, unknown, Partial<ValidationConfig>]>([
    [
      "a minor finding it is not sure of",
      saying({ ...finding, severity: "minor", sure: "no" }),
      {},
    ],
    ["as many findings with proof as without", saying(finding, madeUp), {}],
    [
      "a dispute about what code left open",
      { ...nothing, disputed: [{ claim: "C-2", why: "x" }] },
      {},
    ],
    [
      "a refusal, where that is not among the reasons",
      { failure: refused },
      { escalate: ["unsure"] },
    ],
    [
      "what is grave, where only the gravest counts",
      saying({ ...finding, sure: "no" }),
      { unsureAbove: "major" },
    ],
  ])("does not go up for %s", async (_name, small, config) => {
    const { asked } = await run({ patterns: { small } }, { config });
    expect(asked.filter((each) => each.startsWith("patterns"))).toEqual(["patterns small"]);
  });

  test("goes from small over medium to large, and no further", async () => {
    const doubt = saying({ ...finding, sure: "no" });
    const { byName } = await run({
      risk: { small: { failure: refused }, medium: doubt, large: doubt },
    });
    const { check } = byName("risk");
    expect(check).toMatchObject({ state: "done", tier: "large", micros: 3_000 });
    expect(check.escalated).toHaveLength(2);
  });

  test("asks one model that is all sizes once", async () => {
    const { asked } = await run(
      { patterns: { medium: { failure: refused } } },
      { tiers: { small: "a:b", medium: "a:b", large: "a:b" } },
    );
    expect(asked).toHaveLength(4);
  });

  test("that nobody answers has failed, and loses none of the others", async () => {
    const { results, byName } = await run({
      risk: { small: { failure: broke } },
      patterns: { small: saying(finding) },
      dependencies: { small: { failure: away } },
    });
    expect(results.map(({ check }) => check.state)).toEqual(["done", "failed", "failed", "done"]);
    expect(byName("risk").check.note).toMatch(/would pass its allowance/);
    expect(byName("patterns").reply?.findings[0]?.proven).toBe(true);
  });

  test("whose larger model does not answer keeps the answer it has, and is not settled", async () => {
    const { byName } = await run({
      risk: { small: saying({ ...finding, sure: "no" }), medium: { failure: broke } },
    });
    const { check, reply } = byName("risk");
    expect(check).toMatchObject({ state: "unsettled", tier: "small", model: "a:tiny" });
    expect(check.note).toMatch(/would pass its allowance/);
    expect(reply?.findings).toHaveLength(1);
  });
});

describe("checks that contradict each other", () => {
  const critical = { ...finding, severity: "critical" as const };
  const minor = { ...finding, severity: "minor" as const, title: "A detail" };
  test("about the same lines are both asked once more, of the next larger model", async () => {
    const { asked, byName } = await run({
      patterns: { small: saying(critical) },
      risk: { small: saying(minor) },
    });
    expect(asked).toHaveLength(6);
    expect(byName("patterns").check.escalated).toEqual([
      expect.stringContaining("it and risk weigh `src/base.ts:1` differently"),
    ]);
    expect(byName("optimisation").check.escalated).toEqual([]);
  });
  test("about the direction: who stands alone is asked once more", async () => {
    const { asked, byName } = await run({ risk: { small: { ...nothing, wrongDirection: true } } });
    expect(asked).toHaveLength(5);
    expect(byName("risk").check).toMatchObject({ tier: "medium" });
  });
  test("are left as they are where disagreement is no reason", async () => {
    const { asked } = await run(
      { patterns: { small: saying(critical) }, risk: { small: saying(minor) } },
      { config: { escalate: ["refused"] } },
    );
    expect(asked).toHaveLength(4);
  });
});
