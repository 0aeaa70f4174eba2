import { renderCodeSpan } from "../documents/code-span.ts";
import { parseReviewReport } from "../documents/parse-review-report.ts";
import type {
  CriterionVerdict,
  Proof,
  ReviewFinding,
  ReviewReport,
} from "../documents/schema-review-report.ts";
import { escapeCell } from "./escape-cell.ts";
import { fold } from "./fold.ts";
import { inert, inertLine } from "./inert.ts";
import { withoutMark } from "./wrap-document.ts";

/** A criterion that is partly met and one that is unproven look alike: neither counts as met. */
export const verdictMarks: Record<CriterionVerdict["verdict"], string> = {
  met: "✓",
  partly: "~",
  unmet: "✗",
  unproven: "~",
};

function renderProof(proof: Proof): string {
  const confirmed = proof.confirmed ? "" : " (not confirmed)";
  if (proof.kind === "quote") {
    return `${renderCodeSpan(`${proof.path}:${proof.startLine}`)}${confirmed}`;
  }
  const what = proof.kind === "command" ? `command ${renderCodeSpan(proof.text)}` : "absence query";
  return `${what}: ${inertLine(proof.note) || "confirmed"}${confirmed}`;
}

/** What decided a criterion, in one line. */
export const renderEvidence = (criterion: CriterionVerdict): string =>
  criterion.proofs.map(renderProof).join("; ") || inertLine(criterion.note);

function row(criterion: CriterionVerdict): string {
  const cells = [
    verdictMarks[criterion.verdict],
    `${criterion.id} ${inertLine(criterion.text)}`,
    criterion.level,
    criterion.verdict,
    renderEvidence(criterion),
  ];
  return `| ${cells.map(escapeCell).join(" | ")} |`;
}

/** The criteria as a table, each with its evidence. */
export const renderCriteria = (report: ReviewReport): string =>
  [
    "| | criterion | weight | verdict | evidence |",
    "|---|---|---|---|---|",
    ...report.criteria.map(row),
  ].join("\n");

/** The sum that gives the score, and what capped it. */
export function renderArithmetic(report: ReviewReport): string {
  const rubric = report.rubric.map((entry) => `${entry.name} ${entry.points}/${entry.weight}`);
  const gates = report.gates.map((gate) => `${inertLine(gate.detail)}: at most ${gate.cap}`);
  const parts = [`acceptance ${report.acceptancePoints}/${report.acceptanceWeight}`, ...rubric];
  return `${parts.join(" · ")}${gates.length > 0 ? ` · gates: ${gates.join("; ")}` : ""}`;
}

function findingLine(finding: ReviewFinding): string {
  const place = `${finding.path ?? ""}${finding.line ? `:${finding.line}` : ""}`;
  const at = finding.path ? ` ${renderCodeSpan(place)}` : "";
  return `- **${finding.severity}** ${inertLine(finding.title)}${at}`;
}

const unread = (report: ReviewReport): string =>
  report.filesUnread.length > 0
    ? `Partial review: not read ${report.filesUnread.map(renderCodeSpan).join(", ")}`
    : "";

const words = { accepted: "accepted", "changes-requested": "changes requested" } as const;

/** `78 of 100, changes requested (first build; passes at 90)`: the verdict, the score and the round. */
export function renderVerdict(report: ReviewReport, maxRounds: number): string {
  const round =
    report.round > 0 ? `after fix round ${report.round} of ${maxRounds}` : "first build";
  const verdict = `${report.score} of 100, ${words[report.verdict]}`;
  return `**${report.spec}: ${verdict}** (${round}; passes at ${report.threshold})`;
}

/** The score as a comment: the table from which it can be computed, the findings, and the whole report folded. */
export function renderReview(markdown: string, maxRounds: number, ending = ""): string {
  const parsed = parseReviewReport(markdown);
  if (!parsed.ok) return inert(markdown);
  const report = parsed.value;
  const parts = [
    renderVerdict(report, maxRounds),
    inert(report.summary),
    renderCriteria(report),
    renderArithmetic(report),
    report.findings.map(findingLine).join("\n"),
    unread(report),
    ending,
    fold("The whole report", inert(withoutMark(markdown))),
  ];
  return parts.filter(Boolean).join("\n\n");
}
