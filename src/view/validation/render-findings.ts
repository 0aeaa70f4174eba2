import type { ValidationReport } from "../../documents/schema-validation-report.ts";
import type { ShowPlace } from "./show-place.ts";

type Finding = ValidationReport["findings"][number];

const order = { critical: 0, major: 1, minor: 2 } as const;

/** What the checks found, the gravest first, each with its places and what to do; last what has no proof, which does not count. */
export function renderFindings(findings: readonly Finding[], show: ShowPlace): string {
  const sorted = findings.toSorted(
    (left, right) =>
      Number(right.proven) - Number(left.proven) || order[left.severity] - order[right.severity],
  );
  return sorted.map((finding) => renderFinding(finding, show)).join("\n");
}

function renderFinding(finding: Finding, show: ShowPlace): string {
  const { proven, severity, title, evidence, suggestion, check, sure } = finding;
  const proof = proven ? "✓" : "~ unproven, does not count:";
  const where = proven ? evidence.map((each) => ` ${show(each)}`).join("") : "";
  const by = check === null ? "" : ` *(${check}${sure ? "" : ", not sure"})*`;
  const fix = suggestion.replace(/\s+/g, " ").trim();
  return `- ${proof} **${severity}** ${title}${where}${by}. ${fix}`.trimEnd();
}
