import { canonicalizeValue } from "./canonicalize-value.ts";
import { normalizeBuildSpec } from "./normalize-build-spec.ts";
import type { BuildSpec } from "./schema-build-spec.ts";

const meaning = {
  // The order of files, edits, steps, decisions and of the places to look at may guide the builder; it counts.
  sets: new Set([
    "acceptance",
    "constraints",
    "dependencies",
    "dependsOn",
    "failureModes",
    "invariants",
    "outOfScope",
    "parameters.testing",
    "risks",
    "scope",
    "steps.files",
    "tests",
    "tests.criteria",
    "tests.edgeCases",
  ]),
  prose: new Set(["errorHandling", "extraSections.body", "objective", "rollback", "steps.details"]),
  progress: new Set(["acceptance.done"]),
};

/**
 * One text for all spellings of a spec: equal when only layout, the order of sets or the state of check
 * boxes differs; different when anything else does.
 */
export const canonicalizeBuildSpec = (spec: BuildSpec): string =>
  canonicalizeValue(normalizeBuildSpec(spec), meaning);
