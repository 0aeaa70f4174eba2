import { findBuildSpecProblems } from "./find-build-spec-problems.ts";
import { normalizeBuildSpec } from "./normalize-build-spec.ts";
import type { BuildSpec } from "./schema-build-spec.ts";

/** What is wrong with a value before it is rendered, one sentence each; empty when `parseBuildSpec` will take it. */
export const checkBuildSpec = (value: BuildSpec): string[] =>
  findBuildSpecProblems(normalizeBuildSpec(value)).map(
    ({ path, message }) => `${path.join(".")}: ${message}`,
  );
