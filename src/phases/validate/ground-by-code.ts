import { groundPlan } from "../../claims/ground-plan.ts";
import { openGround } from "../../claims/open-ground.ts";
import type { Codebase } from "../../codebase/codebase.ts";
import type { Commands } from "../../codebase/repository-facts.ts";
import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { Design } from "../../documents/schema-design.ts";
import type { Claim } from "../../documents/schema-validation-report.ts";

export type Grounded = { claims: Claim[]; specs: BuildSpec[]; changes: string[] };

/** What a program can say of the plan, with the specs put right where that needs no judgement. */
export async function groundByCode(
  design: Design | null,
  specs: readonly BuildSpec[],
  { codebase, commands }: { codebase: Codebase; commands: Commands },
): Promise<Grounded> {
  const grounded = await groundPlan({ design, specs }, openGround(codebase, commands));
  const claims = grounded.claims.map((claim, index) => ({ id: `C-${index + 1}`, ...claim }));
  return { ...grounded, claims };
}
