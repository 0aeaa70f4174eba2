import { findUnreadable } from "./find-unreadable.ts";
import type { Problem } from "./problem.ts";
import type { Path } from "./reading.ts";

/** Bullets and fences that a document puts around its values. */
const around = 10;

/** Strings that could not be read back; see `findUnreadable`. */
export function findUnreadableProblems(value: unknown, path: Path = []): Problem[] {
  if (typeof value === "string") {
    const found = findUnreadable(value, around);
    return found === null ? [] : [{ path, message: found.message, example: found.example }];
  }
  if (Array.isArray(value))
    return value.flatMap((each, index) => findUnreadableProblems(each, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    findUnreadableProblems(each, [...path, key]),
  );
}
