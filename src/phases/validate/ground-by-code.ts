import { groundPlan } from "../../claims/ground-plan.ts";
import { numberClaims } from "../../claims/number-claims.ts";
import { openGround } from "../../claims/open-ground.ts";
import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { Design } from "../../documents/schema-design.ts";
import type { Claim } from "../../documents/schema-validation-report.ts";
import type { ValidateFacts } from "./facts.ts";

export type Grounded = { claims: Claim[]; specs: BuildSpec[]; changes: string[] };

/** What a program can say of the plan, with the specs put right where that needs no judgement. */
export async function groundByCode(
  design: Design,
  specs: readonly BuildSpec[],
  { codebase, repository }: Pick<ValidateFacts, "codebase" | "repository">,
): Promise<Grounded> {
  const ground = openGround(codebase, repository.commands);
  const found = await groundPlan({ design, specs }, ground);
  return { ...found, claims: numberClaims(found.claims) };
}
