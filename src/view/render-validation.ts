import { renderCodeSpan } from "../documents/code-span.ts";
import { parseValidationReport } from "../documents/parse-validation-report.ts";
import type { Claim, ValidationReport } from "../documents/schema-validation-report.ts";
import { escapeCell } from "./escape-cell.ts";
import { fold } from "./fold.ts";
import { withoutMark } from "./wrap-document.ts";

const heads: Record<ValidationReport["verdict"], string> = {
  ready: "**Ready**",
  "needs-refinement": "**Needs refinement**",
  "wrong-direction": "**Wrong direction**",
  incomplete: "**Not checked in full**",
};

const marks: Record<Claim["verdict"], string> = { true: "✓", false: "✗", unproven: "~" };

const place = (claim: Claim): string =>
  claim.evidence ? renderCodeSpan(`${claim.evidence.path}:${claim.evidence.startLine}`) : "";

/** Claims that a reader must see: what is false or unproven. What is true is counted. */
function table(claims: readonly Claim[]): string {
  const open = claims.filter((claim) => claim.verdict !== "true");
  if (open.length === 0) return "";
  const rows = open.map((claim) => {
    const cells = [marks[claim.verdict], claim.text, place(claim), claim.note].map(escapeCell);
    return `| ${cells.join(" | ")} |`;
  });
  return ["| | claim | checked against | |", "|---|---|---|---|", ...rows].join("\n");
}

function findings(report: ValidationReport): string {
  const lines = report.findings.map((finding) => {
    const [at] = finding.evidence;
    const where = at ? ` ${renderCodeSpan(`${at.path}:${at.startLine}`)}` : "";
    const proof = finding.proven ? "✓" : "~ unproven, does not count:";
    return `- ${proof} **${finding.severity}** ${finding.title}${where}. ${finding.suggestion}`;
  });
  return lines.join("\n");
}

/** The verdict as a short comment; the whole report is folded below. A report that no longer parses is shown as it is. */
export function renderValidation(markdown: string): string {
  const parsed = parseValidationReport(markdown);
  if (!parsed.ok) return markdown;
  const report = parsed.value;
  const count = (verdict: Claim["verdict"]): number =>
    report.claims.filter((claim) => claim.verdict === verdict).length;
  const counts = `${report.claims.length} claims: ✓ ${count("true")} checked, ✗ ${count("false")} refuted, ~ ${count("unproven")} unproven`;
  const corrected =
    report.changes.length > 0
      ? `Corrected in the new revision:\n${report.changes.map((change) => `- ${change}`).join("\n")}`
      : "";
  return [
    `${heads[report.verdict]} · ${counts}`,
    report.summary,
    table(report.claims),
    findings(report),
    corrected,
    fold("The whole report", withoutMark(markdown)),
  ]
    .filter(Boolean)
    .join("\n\n");
}
