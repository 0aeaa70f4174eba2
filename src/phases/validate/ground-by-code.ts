import { bindRule } from "../../claims/bind-rule.ts";
import type { Ground, PlanDocuments } from "../../claims/claim-rule.ts";
import type { Finding } from "../../claims/finding.ts";
import { groundPlan } from "../../claims/ground-plan.ts";
import { openGround } from "../../claims/open-ground.ts";
import type { Codebase } from "../../codebase/codebase.ts";
import type { Commands } from "../../codebase/repository-facts.ts";
import { constraintRule } from "../../constraints/claim-constraint.ts";
import { findRot } from "../../constraints/find-rot.ts";
import { parseConstraints } from "../../constraints/parse-constraints.ts";
import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { Design } from "../../documents/schema-design.ts";
import type { Claim } from "../../documents/schema-validation-report.ts";
import { correctPaths } from "./correct-paths.ts";

export type Grounded = {
  /** Claims of the corrected specs, numbered. */
  claims: Claim[];
  specs: BuildSpec[];
  changes: string[];
  /** Claims that were false before code put them right. */
  mended: Claim[];
};

/** What a plan is held against: the code, the commands that can be run, and the repository's own rules where it has some. */
export type PlanGround = {
  codebase: Codebase;
  commands: Commands;
  constraints: { path: string; text: string } | null;
};

/** What a program can say of the plan, with the specs put right where that needs no judgement. */
export async function groundByCode(
  design: Design | null,
  specs: readonly BuildSpec[],
  plan: PlanGround,
): Promise<Grounded> {
  const first = await groundAsIs(design, specs, plan);
  const corrected = correctPaths(first.specs, openGround(plan.codebase, plan.commands));
  if (corrected.changes.length === 0) return first;
  const second = await groundAsIs(design, corrected.specs, plan);
  return {
    ...second,
    changes: [...first.changes, ...corrected.changes, ...second.changes],
    mended: listMended(first.claims, second.claims),
  };
}

/** The same with no path changed: quotes alone are put right. */
export async function groundAsIs(
  design: Design | null,
  specs: readonly BuildSpec[],
  { codebase, commands, constraints }: PlanGround,
): Promise<Grounded> {
  const ground = openGround(codebase, commands);
  const grounded = await groundPlan({ design, specs }, ground);
  const kept = await checkRules({ design, specs: grounded.specs }, ground, constraints);
  const claims = [...grounded.claims, ...kept].map(
    (claim, index): Claim => ({ id: `C-${index + 1}`, ...claim }),
  );
  return { ...grounded, claims, mended: [] };
}

/** False before, and not said any more, or true now. */
export function listMended(before: readonly Claim[], after: readonly Claim[]): Claim[] {
  const keyOf = ({ kind, text }: Claim): string => `${kind} ${text}`;
  const still = new Set(after.filter(({ verdict }) => verdict === "false").map(keyOf));
  return before.filter((claim) => claim.verdict === "false" && !still.has(keyOf(claim)));
}

/** Whether the plan keeps the constraints that a program can check; and which of them speak of what is no longer there. */
async function checkRules(
  plan: PlanDocuments,
  ground: Ground,
  document: PlanGround["constraints"],
): Promise<Finding[]> {
  if (document === null) return [];
  const constraints = parseConstraints(document.text, document.path);
  const rotten = await findRot(constraints, ground.codebase);
  return [
    ...(await bindRule(constraintRule(constraints))(plan, ground)),
    ...rotten.map(({ constraint, name, nearest }): Finding => {
      const { id, path, line } = constraint;
      const instead = nearest === null ? "" : `; \`${nearest}\` is nearest`;
      return {
        ...{ kind: "constraint", source: path, verdict: "unproven", evidence: null },
        text: `${id} names \`${name}\` (line ${line})`,
        note: `the rule speaks of what is no longer there${instead}: nothing can be held to it`,
      };
    }),
  ];
}
