import { checkPlanClaims } from "../../src/claims/check-plan-claims.ts";
import type { Ground } from "../../src/claims/claim-rule.ts";
import type { Finding } from "../../src/claims/finding.ts";
import type { Case } from "./case.ts";

/** What the checker said of a case. `unnoticed`: no claim of its kind is about it. `blamed`: a claim beside it was called false. */
export type Outcome = "true" | "false" | "unproven" | "unnoticed" | "blamed";
export type Judged = { one: Case; outcome: Outcome; findings: readonly Finding[] };

/** A true case must not have one false claim, of whatever kind; a false one is caught by a false claim about it. */
export async function judgeCase(one: Case, ground: Ground): Promise<Judged> {
  const findings = await checkPlanClaims(one.plan, ground);
  const about = findings.filter(({ text }) => one.about.some((word) => text.includes(word)));
  const own = about.filter(({ kind }) => kind === one.kind);
  const isFalse = ({ verdict }: Finding): boolean => verdict === "false";
  if (one.isTrue && !own.some(isFalse) && findings.some(isFalse))
    return { one, outcome: "blamed", findings };
  if (one.isTrue ? own.some(isFalse) : about.some(isFalse))
    return { one, outcome: "false", findings };
  if (own.length === 0) return { one, outcome: "unnoticed", findings };
  return {
    one,
    outcome: own.some(({ verdict }) => verdict === "true") ? "true" : "unproven",
    findings,
  };
}
