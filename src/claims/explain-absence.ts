import type { Codebase } from "../codebase/codebase.ts";
import { findPathProblem } from "../documents/find-path-problem.ts";
import { nearestPaths } from "./find-nearest.ts";
import { listSpans } from "./write-text.ts";

/** Why a path is no file, and what a person would look for next. */
export function explainAbsence(path: string, codebase: Codebase): string {
  const problem = findPathProblem(path);
  if (problem !== null) return problem;
  const near = nearestPaths(path, codebase);
  return near.length === 0
    ? "there is no such file"
    : `there is no such file; there is ${listSpans(near)}`;
}
