import type { ClaimRule, Ground, Judgement, PlanDocuments, Statement } from "./claim-rule.ts";
import type { Finding } from "./finding.ts";

/** A rule with its type of statement shut in, so that rules of different statements stand in one list. */
export type BoundRule = (plan: PlanDocuments, ground: Ground) => Promise<Finding[]>;

/**
 * As a rule, but `check` may answer null: the ground shows that the words say nothing of the code, as `application/json` where there
 * is no folder `application`, or a name that only the plan has. That is not a claim, and no claim is lost by it.
 */
export type OpenRule<S extends Statement> = Omit<ClaimRule<S>, "check"> & {
  check(statement: S, ground: Ground, plan: PlanDocuments): Promise<Judgement | null>;
};

export function bindRule<S extends Statement>(rule: OpenRule<S>): BoundRule {
  return async (plan, ground) => {
    const judged = await Promise.all(
      rule.find(plan).map(async (statement): Promise<Finding[]> => {
        const judgement = await rule.check(statement, ground, plan);
        if (judgement === null) return [];
        const { source, text } = statement;
        return [{ kind: rule.kind, text, source, ...judgement }];
      }),
    );
    return judged.flat();
  };
}
