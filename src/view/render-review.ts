import { parseReviewReport } from "../documents/parse-review-report.ts";
import type { CriterionVerdict, Proof, ReviewReport } from "../documents/schema-review-report.ts";
import { escapeCell } from "./escape-cell.ts";

/** A criterion that is partly met and one that is unproven look alike: neither counts as met. */
export const verdictMarks: Record<CriterionVerdict["verdict"], string> = {
  met: "✓",
  partly: "~",
  unmet: "✗",
  unproven: "~",
};

function evidence(proof: Proof): string {
  const confirmed = proof.confirmed ? "" : " (not confirmed)";
  if (proof.kind === "quote") return `\`${proof.path}:${proof.startLine}\`${confirmed}`;
  const what = proof.kind === "command" ? `command \`${proof.text}\`` : "absence query";
  return `${what}: ${proof.note || "confirmed"}${confirmed}`;
}

function row(criterion: CriterionVerdict): string {
  const shown = criterion.proofs.map(evidence).join("; ") || criterion.note;
  const cells = [
    verdictMarks[criterion.verdict],
    `${criterion.id} ${criterion.text}`,
    criterion.level,
    criterion.verdict,
    shown,
  ];
  return `| ${cells.map(escapeCell).join(" | ")} |`;
}

function arithmetic(report: ReviewReport): string {
  const rubric = report.rubric.map((entry) => `${entry.name} ${entry.points}/${entry.weight}`);
  const gates = report.gates.map((gate) => `${gate.detail}: at most ${gate.cap}`);
  const parts = [`acceptance ${report.acceptancePoints}/${report.acceptanceWeight}`, ...rubric];
  return `${parts.join(" · ")}${gates.length > 0 ? ` · gates: ${gates.join("; ")}` : ""}`;
}

function findings(report: ReviewReport): string {
  const lines = report.findings.map((finding) => {
    const at = finding.path ? ` \`${finding.path}${finding.line ? `:${finding.line}` : ""}\`` : "";
    return `- **${finding.severity}** ${finding.title}${at}`;
  });
  return lines.join("\n");
}

/** The score as a comment: the table from which it can be computed, the findings, and the whole report folded. */
export function renderReview(markdown: string, maxRounds: number): string {
  const parsed = parseReviewReport(markdown);
  if (!parsed.ok) return markdown;
  const report = parsed.value;
  const verdict = report.verdict === "accepted" ? "accepted" : "changes requested";
  const round =
    report.round > 0 ? `after fix round ${report.round} of ${maxRounds}` : "first build";
  const unread =
    report.filesUnread.length > 0
      ? `Partial review: not read ${report.filesUnread.join(", ")}`
      : "";
  return [
    `**${report.spec}: ${report.score} of 100, ${verdict}** (${round}; passes at ${report.threshold})`,
    report.summary,
    [
      "| | criterion | weight | verdict | evidence |",
      "|---|---|---|---|---|",
      ...report.criteria.map(row),
    ].join("\n"),
    arithmetic(report),
    findings(report),
    unread,
    `<details><summary>The whole report</summary>\n\n${markdown}\n\n</details>`,
  ]
    .filter(Boolean)
    .join("\n\n");
}
