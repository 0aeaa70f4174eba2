import type { Check, Claim, Gap } from "../../documents/schema-validation-report.ts";
import type { Verdict } from "../../workflow/phase.ts";
import { isHopeless } from "./check-completeness.ts";
import type { ConfirmedFinding } from "./checks/confirm-reply.ts";

/** A finding with its number, and the refined spec that answers it. */
export type JudgedFinding = ConfirmedFinding & { id: string; resolvedBy: string | null };

export type Judgement = {
  /** Whether a check holds that the design must be made anew. */
  wrongDirection: boolean;
  findings: readonly JudgedFinding[];
  claims: readonly Claim[];
  gaps: readonly Gap[];
  checks: readonly Check[];
  /** Specs that the model refined and that were taken over. */
  refined: ReadonlySet<string>;
};

/** Proven, above minor, and answered by no refined spec. */
export const listOpen = ({ findings, refined }: Pick<Judgement, "findings" | "refined">) =>
  findings.filter(
    ({ proven, severity, resolvedBy }) =>
      proven && severity !== "minor" && !(resolvedBy !== null && refined.has(resolvedBy)),
  );

/** Checks that should have told something and did not. What was left out on purpose is none of them. */
export const listUndone = (checks: readonly Check[]): Check[] =>
  checks.filter(
    ({ name, state }) => name !== "refinement" && (state === "failed" || state === "unsettled"),
  );

/**
 * The verdict is code's. Wrong direction: a check says so and a critical finding about it is proven. Needs refinement: a spec nobody
 * could build, a claim that is false, or an open finding. Incomplete: nothing stands against it, but a check could not be done. Else
 * ready; what is unproven never decides.
 */
export function decideVerdict(judgement: Judgement): Verdict {
  const { wrongDirection, findings, claims, gaps, checks } = judgement;
  const isAgainst = findings.some(
    ({ proven, severity, aboutDirection }) => proven && severity === "critical" && aboutDirection,
  );
  if (wrongDirection && isAgainst) return "wrong-direction";
  if (isHopeless(gaps) || claims.some(({ verdict }) => verdict === "false"))
    return "needs-refinement";
  if (listOpen(judgement).length > 0) return "needs-refinement";
  return listUndone(checks).length > 0 ? "incomplete" : "ready";
}
