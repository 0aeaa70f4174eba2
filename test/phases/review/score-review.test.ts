import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { rubricNames } from "../../../src/documents/schema-review-report.ts";
import { defaultWeights } from "../../../src/phases/review/facts.ts";
import { type ScoreInput, scoreReview } from "../../../src/phases/review/score-review.ts";

type Verdict = ScoreInput["criteria"][number]["verdict"];
const order: readonly Verdict[] = ["unproven", "unmet", "partly", "met"];
const full = { level: 4, note: "" };
const perfect = { architecture: full, style: full, testing: full, performance: full };

const input = (change: Partial<ScoreInput>): ScoreInput => ({
  criteria: [
    { id: "AC-1", level: "must", verdict: "met" },
    { id: "AC-2", level: "should", verdict: "met" },
  ],
  waived: new Set(),
  levels: perfect,
  weights: defaultWeights,
  threshold: 90,
  gates: [],
  ...change,
});

const criterion = fc.record({
  level: fc.constantFrom("must" as const, "should" as const),
  verdict: fc.constantFrom(...order),
});
const gate = fc.constantFrom(
  "red-checkpoint" as const,
  "out-of-scope-file" as const,
  "unread-file" as const,
  "weakened-test" as const,
);
const anyInput = fc
  .record({
    criteria: fc.array(criterion, { maxLength: 8 }),
    waived: fc.array(fc.nat(7)),
    levels: fc.array(fc.integer({ min: -1, max: 6 }), { minLength: 4, maxLength: 4 }),
    threshold: fc.integer({ min: 1, max: 100 }),
    gates: fc.array(gate, { maxLength: 3 }),
    weights: fc.constantFrom(
      defaultWeights,
      { acceptance: 50, architecture: 20, style: 7, testing: 13, performance: 10 },
      { acceptance: 97, architecture: 0, style: 1, testing: 1, performance: 1 },
    ),
  })
  .map(
    ({ criteria, waived, levels, threshold, gates, weights }): ScoreInput => ({
      criteria: criteria.map((each, index) => ({ id: `AC-${index}`, ...each })),
      waived: new Set(waived.map((index) => `AC-${index}`)),
      levels: Object.fromEntries(
        rubricNames.map((name, index) => [name, { level: levels[index] ?? 0, note: "" }]),
      ),
      weights,
      threshold,
      gates: gates.map((each) => ({ gate: each, detail: "x" })),
    }),
  );

describe("the score of a review", () => {
  test("is 100 when everything is met at the highest level", () => {
    expect(scoreReview(input({}))).toMatchObject({
      score: 100,
      accepted: true,
      acceptancePoints: 60,
      gates: [],
    });
  });

  test.each<[string, ScoreInput["criteria"], number, number]>([
    [
      "a should that is unmet costs a quarter of acceptance",
      [
        { id: "AC-1", level: "must", verdict: "met" },
        { id: "AC-2", level: "should", verdict: "unmet" },
      ],
      45,
      85,
    ],
    [
      "partly counts half",
      [
        { id: "AC-1", level: "must", verdict: "met" },
        { id: "AC-2", level: "should", verdict: "partly" },
      ],
      52.5,
      92,
    ],
    [
      "unproven counts nothing",
      [
        { id: "AC-1", level: "must", verdict: "met" },
        { id: "AC-2", level: "must", verdict: "unproven" },
      ],
      30,
      70,
    ],
  ])("%s", (_title, criteria, points, score) => {
    const result = scoreReview(input({ criteria }));
    expect([result.acceptancePoints, result.score]).toEqual([points, score]);
  });

  test.each([
    ["red-checkpoint", 59],
    ["weakened-test", 39],
    ["out-of-scope-file", 89],
    ["broken-constraint", 89],
    ["unread-file", 89],
  ] as const)("%s caps a perfect change at %i", (name, cap) => {
    const result = scoreReview(input({ gates: [{ gate: name, detail: "x" }] }));
    expect([result.score, result.accepted]).toEqual([cap, false]);
  });

  test("a must that is only partly met stays below the threshold whatever the rest", () => {
    const musts = Array.from({ length: 40 }, (_, index) => ({
      id: `AC-${index}`,
      level: "must" as const,
      verdict: index === 0 ? ("partly" as const) : ("met" as const),
    }));
    const result = scoreReview(input({ criteria: musts }));
    expect([result.score, result.gates.map((each) => each.gate)]).toEqual([89, ["must-not-met"]]);
  });

  test("a waived criterion is left out, and waiving all of them leaves nothing to miss", () => {
    const criteria = [
      { id: "AC-1", level: "must", verdict: "unmet" },
      { id: "AC-2", level: "should", verdict: "met" },
    ] as const;
    expect(scoreReview(input({ criteria, waived: new Set(["AC-1"]) })).score).toBe(100);
    expect(scoreReview(input({ criteria, waived: new Set(["AC-1", "AC-2"]) })).score).toBe(100);
    expect(scoreReview(input({ criteria: [] })).score).toBe(40);
  });

  test("a part of the rubric that nobody rated earns nothing", () => {
    const result = scoreReview(input({ levels: { ...perfect, architecture: undefined } as never }));
    expect(result.score).toBe(85);
  });

  test("lies between 0 and 100 and below every cap", () => {
    fc.assert(
      fc.property(anyInput, (each) => {
        const { score, gates } = scoreReview(each);
        expect(Number.isInteger(score) && score >= 0 && score <= 100).toBe(true);
        for (const { cap } of gates) expect(score).toBeLessThanOrEqual(cap);
      }),
    );
  });

  test("no gate lets a change reach the threshold, and neither does an unmet must", () => {
    fc.assert(
      fc.property(anyInput, (each) => {
        const result = scoreReview(each);
        const missed = each.criteria.some(
          ({ id, level, verdict }) => level === "must" && verdict !== "met" && !each.waived.has(id),
        );
        if (missed || each.gates.length > 0) {
          expect(result.score).toBeLessThan(each.threshold);
          expect(result.accepted).toBe(false);
        }
        expect(result.accepted).toBe(result.score >= each.threshold && result.gates.length === 0);
      }),
    );
  });

  test("a better verdict or level never lowers it", () => {
    fc.assert(
      fc.property(anyInput, fc.nat(), fc.nat(3), (each, pick, part) => {
        const before = scoreReview(each).score;
        const at = each.criteria.length === 0 ? -1 : pick % each.criteria.length;
        const criteria = each.criteria.map((one, index) =>
          index === at
            ? { ...one, verdict: order[Math.min(3, order.indexOf(one.verdict) + 1)] as Verdict }
            : one,
        );
        expect(scoreReview({ ...each, criteria }).score).toBeGreaterThanOrEqual(before);
        const name = rubricNames[part] as (typeof rubricNames)[number];
        const levels = {
          ...each.levels,
          [name]: { level: (each.levels[name]?.level ?? 0) + 1, note: "" },
        };
        expect(scoreReview({ ...each, levels }).score).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  test("can be computed again from what is printed", () => {
    fc.assert(
      fc.property(anyInput, (each) => {
        const { score, acceptancePoints, rubric, gates } = scoreReview(each);
        const printed = [acceptancePoints, ...rubric.map(({ points }) => points)];
        const cents = printed.reduce(
          (sum, points) => sum + Number(points.toFixed(2).replace(".", "")),
          0,
        );
        const capped = Math.min(Math.floor(cents / 100), ...gates.map(({ cap }) => cap));
        expect(score).toBe(capped);
        for (const { points, level, weight } of rubric) {
          expect(Math.abs(points - (level / 4) * weight)).toBeLessThan(0.01);
        }
      }),
    );
  });
});
