import type { BuildSpec } from "../documents/schema-build-spec.ts";
import { checkPlanClaims } from "./check-plan-claims.ts";
import type { Ground, PlanDocuments } from "./claim-rule.ts";
import { correctContext } from "./correct-context.ts";
import type { Finding } from "./finding.ts";

export type GroundedPlan = {
  /** Claims of the corrected specs, in the order of the rules. */
  claims: Finding[];
  /** The specs with their quotes put right where that needs no judgement; the same objects where nothing was. */
  specs: BuildSpec[];
  /** What was put right, one line each. */
  changes: string[];
};

/** Puts right what of a plan a program can, and then holds all that it says against the code. */
export async function groundPlan(plan: PlanDocuments, ground: Ground): Promise<GroundedPlan> {
  const corrected = await Promise.all(
    plan.specs.map((spec) => correctContext(spec, ground.codebase)),
  );
  const specs = corrected.map(({ spec }) => spec);
  const claims = await checkPlanClaims({ design: plan.design, specs }, ground);
  return { claims, specs, changes: corrected.flatMap(({ changes }) => changes) };
}
