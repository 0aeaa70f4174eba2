import type { ClaimRule, Statement } from "../claims/claim-rule.ts";
import { checkPlanAgainstConstraints } from "./check-plan.ts";
import type { Constraint } from "./constraint.ts";
import { findCheckable } from "./recognise-rule.ts";

export type ConstraintStatement = Statement & { constraint: Constraint };

/**
 * The claim that a plan keeps a constraint, for each that a program can check. It is of the constraints' document and not of a plan's,
 * so the rule is made for the constraints of the base. What only people and models can tell is no claim.
 */
export const constraintRule = (
  constraints: readonly Constraint[],
): ClaimRule<ConstraintStatement> => ({
  kind: "constraint",
  find: ({ specs }) =>
    specs.length === 0
      ? []
      : findCheckable(constraints).map(({ constraint }) => ({
          source: specs.map(({ id }) => `${id}.md`).join(", "),
          text: `the plan keeps ${constraint.id}: ${constraint.text}`,
          constraint,
        })),
  check: async ({ constraint }, { codebase }, plan) => {
    const breaches = checkPlanAgainstConstraints([constraint], plan.specs, codebase);
    const { path, line } = constraint;
    const quote = (await codebase.text(path))?.split("\n")[line - 1]?.trim() ?? "";
    const evidence = quote === "" ? null : { path, startLine: line, endLine: line, quote };
    const note = breaches
      .map(
        ({ source, path: place, why }) =>
          `${source}${place === null ? "" : `, \`${place}\``}: ${why}`,
      )
      .join("; ");
    return { verdict: breaches.length === 0 ? "true" : "false", evidence, note };
  },
});
