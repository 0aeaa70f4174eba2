import type { rubricNames } from "../../documents/schema-review-report.ts";

export type RubricName = (typeof rubricNames)[number];

/** Best level of every part; points are `level / highest level × weight`. */
export const HIGHEST_LEVEL = 4;

/** What each level means, from 0. Written down so that two reviewers, or one on two days, give the same level. */
export const rubric: Readonly<Record<RubricName, readonly string[]>> = {
  architecture: [
    "Contradicts the spec's key decisions, or duplicates what the codebase already has.",
    "Works in isolation only: an existing pattern, helper or boundary named in the spec is bypassed.",
    "Follows the main structure; one responsibility sits in the wrong place or one invariant is not held.",
    "Follows every key decision and invariant; a small avoidable coupling or indirection remains.",
    "Fits as if the codebase's own authors had written it: every decision, invariant and failure mode of the spec is held.",
  ],
  style: [
    "Unreadable, or full of dead code, debug output or commented-out code.",
    "Names, layout or error handling differ from the neighbouring files throughout.",
    "Mostly like its neighbours; several names mislead or one function does several things.",
    "Like its neighbours; one or two small blemishes.",
    "Reads like the best of its neighbours: telling names, small functions, comments that say why.",
  ],
  testing: [
    "No test of the new behaviour, or tests that cannot fail.",
    "Only the happy path, or assertions so loose that a wrong result passes.",
    "The main scenarios of the test specification; named edge cases or error paths are missing.",
    "Every scenario of the test specification; one edge case is thin.",
    "Every scenario and edge case of the test specification, each with an assertion that fails for a wrong result.",
  ],
  performance: [
    "Makes an existing path markedly worse: unbounded growth, a query or a read for each item, a busy loop.",
    "An avoidable cost that grows with the data on a path that is used often.",
    "Adequate at today's size; one avoidable cost.",
    "No avoidable cost on any path that matters.",
    "No avoidable cost, and every limit or target that the spec names is met in a way the code shows.",
  ],
};

/** The anchors as text for the reviewer. */
export function renderRubric(): string {
  return Object.entries(rubric)
    .map(([name, anchors]) =>
      [`${name}:`, ...anchors.map((anchor, level) => `  ${level} = ${anchor}`)].join("\n"),
    )
    .join("\n");
}
