import { findHostileNesting, maxNesting } from "./find-hostile-nesting.ts";
import type { Problem } from "./problem.ts";
import type { Path } from "./reading.ts";

/** Bullets and fences that a document puts around its values. */
const around = 10;

/** Strings that could not be read back because their lists or quotes are nested too deep. */
export function findNestingProblems(value: unknown, path: Path = []): Problem[] {
  if (typeof value === "string")
    return findHostileNesting(value, maxNesting - around) === null
      ? []
      : [{ path, message: "lists or quotes nested too deep", example: "- a bullet" }];
  if (Array.isArray(value))
    return value.flatMap((each, index) => findNestingProblems(each, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => findNestingProblems(each, [...path, key]));
}
