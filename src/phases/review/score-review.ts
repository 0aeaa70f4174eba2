import {
  type CriterionVerdict,
  type Gate,
  type ReviewReport,
  rubricNames,
} from "../../documents/schema-review-report.ts";
import type { ReviewWeights } from "./facts.ts";
import { HIGHEST_LEVEL, type RubricName } from "./rubric.ts";

export type ScoreInput = {
  criteria: readonly Pick<CriterionVerdict, "id" | "level" | "verdict">[];
  /** Ids of criteria that a person waived: left out of the arithmetic. */
  waived: ReadonlySet<string>;
  /** Level 0 to 4 and its reason, of each part of the rubric. A part that is missing counts as level 0. */
  levels: Readonly<Partial<Record<RubricName, { level: number; note: string }>>>;
  weights: ReviewWeights;
  threshold: number;
  /** Gates that the program found, besides the criteria. */
  gates: readonly { gate: Exclude<Gate["gate"], "must-not-met">; detail: string }[];
};

export type Score = Pick<
  ReviewReport,
  "score" | "acceptancePoints" | "acceptanceWeight" | "rubric" | "gates"
> & { accepted: boolean };

const LEVEL_WEIGHT = { must: 3, should: 1 } as const;
/** Halves, so that all sums are whole numbers. */
const VERDICT_HALVES = { met: 2, partly: 1, unmet: 0, unproven: 0 } as const;
const RED_CHECKPOINT_CAP = 59;
const WEAKENED_TEST_CAP = 39;

/**
 * The score by arithmetic alone (plan, section 6): 0 to 100, rounded down, after the caps of the gates. Points are kept
 * in whole hundredths, so that the printed table gives the same number. A review without any criterion earns no
 * acceptance points; one whose criteria were all waived by a person earns them all.
 */
export function scoreReview(input: ScoreInput): Score {
  const counted = input.criteria.filter(({ id }) => !input.waived.has(id));
  const acceptance = acceptanceHundredths(counted, input);
  const rubric = scoreRubric(input);
  const gates = findCaps(counted, input);
  const hundredths = rubric.reduce((sum, { points }) => sum + Math.round(points * 100), acceptance);
  const score = Math.max(
    0,
    Math.min(100, Math.floor(hundredths / 100), ...gates.map(({ cap }) => cap)),
  );
  return {
    score,
    accepted: gates.length === 0 && score >= input.threshold,
    acceptancePoints: acceptance / 100,
    acceptanceWeight: input.weights.acceptance,
    rubric,
    gates,
  };
}

function acceptanceHundredths(counted: ScoreInput["criteria"], input: ScoreInput): number {
  const weight = counted.reduce((sum, { level }) => sum + LEVEL_WEIGHT[level], 0);
  if (weight === 0) return input.criteria.length > 0 ? input.weights.acceptance * 100 : 0;
  const halves = counted.reduce(
    (sum, { level, verdict }) => sum + LEVEL_WEIGHT[level] * VERDICT_HALVES[verdict],
    0,
  );
  return Math.floor((input.weights.acceptance * 100 * halves) / (2 * weight));
}

function scoreRubric({ levels, weights }: ScoreInput): ReviewReport["rubric"] {
  return rubricNames.map((name) => {
    const given = levels[name] ?? { level: 0, note: "not rated" };
    const level = Math.max(0, Math.min(HIGHEST_LEVEL, Math.floor(given.level)));
    const points = Math.floor((weights[name] * 100 * level) / HIGHEST_LEVEL) / 100;
    return { name, level, weight: weights[name], points, note: given.note };
  });
}

/** Every gate that holds, with its cap. All caps are below the threshold, wherever the configuration puts it. */
function findCaps(counted: ScoreInput["criteria"], input: ScoreInput): Gate[] {
  const below = Math.max(0, input.threshold - 1);
  const caps = {
    "red-checkpoint": Math.min(RED_CHECKPOINT_CAP, below),
    "weakened-test": Math.min(WEAKENED_TEST_CAP, below),
    "out-of-scope-file": below,
    "broken-constraint": below,
    "unread-file": below,
  };
  const missed = counted.filter(({ level, verdict }) => level === "must" && verdict !== "met");
  const gates = input.gates.map(({ gate, detail }): Gate => ({ gate, cap: caps[gate], detail }));
  if (missed.length === 0) return gates;
  const detail = missed.map(({ id, verdict }) => `${id} is ${verdict}`).join(", ");
  return [...gates, { gate: "must-not-met", cap: below, detail }];
}
