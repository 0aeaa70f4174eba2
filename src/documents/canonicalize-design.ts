import { canonicalizeValue } from "./canonicalize-value.ts";
import { normalizeDesign } from "./normalize-design.ts";
import type { Design } from "./schema-design.ts";

const meaning = {
  sets: new Set([
    "adrs.consequences",
    "assumptions",
    "checklist",
    "components",
    "components.paths",
    "interfaces",
    "metrics",
    "openQuestions",
    "outOfScope",
    "risks",
    "roadmap.dependsOn",
  ]),
  prose: new Set(["adrs.context", "adrs.decision", "extraSections.body", "summary"]),
  progress: new Set(["checklist.done"]),
};

/** As `canonicalizeBuildSpec`, for a design. */
export const canonicalizeDesign = (design: Design): string =>
  canonicalizeValue(normalizeDesign(design), meaning);
