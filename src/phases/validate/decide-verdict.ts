import type { ValidationReport } from "../../documents/schema-validation-report.ts";
import type { Finding } from "./claim.ts";
import type { ConfirmedFinding } from "./confirm-findings.ts";

/**
 * The verdict is code's. Wrong direction: the model says so and a critical finding about it is proven. Needs refinement:
 * a claim is still false, or a proven finding above minor is answered by no refined spec. Else ready; what is
 * unproven never decides.
 */
export function decideVerdict(input: {
  wrongDirection: boolean;
  findings: readonly ConfirmedFinding[];
  claims: readonly Finding[];
  /** Specs that the model refined and that were taken over. */
  refined: ReadonlySet<string>;
}): ValidationReport["verdict"] {
  const proven = input.findings.filter((finding) => finding.proven);
  const isAgainst = proven.some(
    ({ severity, aboutDirection }) => severity === "critical" && aboutDirection,
  );
  if (input.wrongDirection && isAgainst) return "wrong-direction";
  if (input.claims.some((claim) => claim.verdict === "false")) return "needs-refinement";
  const isOpen = proven.some(
    ({ severity, resolvedBy }) =>
      severity !== "minor" && !(resolvedBy !== null && input.refined.has(resolvedBy)),
  );
  return isOpen ? "needs-refinement" : "ready";
}
