import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { Design } from "../../documents/schema-design.ts";
import type { Claim } from "../../documents/schema-validation-report.ts";
import { listBaseFiles } from "./base-files.ts";
import { checkClaims } from "./check-claims.ts";
import { numberClaims } from "./claim.ts";
import type { ValidateFacts } from "./facts.ts";

export type Grounded = { claims: Claim[]; specs: BuildSpec[]; changes: string[] };

/** What a program can say of the plan, with the specs put right where that needs no judgement. */
export async function groundByCode(
  design: Design,
  specs: readonly BuildSpec[],
  facts: Pick<ValidateFacts, "snapshot" | "repository">,
): Promise<Grounded> {
  const base = await listBaseFiles(facts.snapshot);
  const { claims, value, changes } = await checkClaims(
    design,
    specs,
    base,
    facts.repository.commands,
  );
  return { claims: numberClaims(claims), specs: value, changes };
}
