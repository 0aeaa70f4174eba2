import { parseValidationReport } from "../documents/parse-validation-report.ts";
import { renderValidationReport } from "../documents/render-validation-report.ts";
import type { ValidationReport } from "../documents/schema-validation-report.ts";
import { writeFence } from "../documents/write-fence.ts";
import { fold } from "./fold.ts";
import { renderChecks } from "./validation/render-checks.ts";
import { countClaims, renderClaims } from "./validation/render-claims.ts";
import { renderFindings } from "./validation/render-findings.ts";
import { renderGaps } from "./validation/render-gaps.ts";
import { type ShowPlace, showLinked, showPlain } from "./validation/show-place.ts";
import { withoutMark } from "./wrap-document.ts";

const heads: Record<ValidationReport["verdict"], string> = {
  ready: "**Ready**",
  "needs-refinement": "**Needs refinement**",
  "wrong-direction": "**Wrong direction**",
  incomplete: "**Not checked in full**",
};

export type ValidationSurroundings = {
  /** Commit that the plan was held against: places link to it where the forge can. */
  base?: string;
  /** Revision that the validation made, if it made one. */
  revision?: number;
  /** Specs alone, outside of any feature: nothing was written, and the report is all that is shown. */
  alone?: boolean;
};

/** The verdict as a short comment; depth is folded. A report that no longer parses is shown as it is. */
export function renderValidation(markdown: string, around: ValidationSurroundings = {}): string {
  const parsed = parseValidationReport(markdown);
  if (!parsed.ok) return markdown;
  const report = parsed.value;
  const show = around.base === undefined ? showPlain : showLinked(around.base);
  return [
    `${heads[report.verdict]} · ${countClaims(report.claims)}${tellCorrections(report, around)}`,
    report.summary,
    ...renderBody(report, show, around.alone ?? false),
  ]
    .filter(Boolean)
    .join("\n\n");
}

function renderBody(report: ValidationReport, show: ShowPlace, alone: boolean): string[] {
  const { changes, difference, blastRadius } = report;
  // What has a place of its own here is not said twice.
  const whole = renderValidationReport({ ...report, difference: "", blastRadius: "" });
  return [
    renderGaps(report.gaps),
    renderClaims(report, show),
    renderFindings(report.findings, show),
    changes.length > 0
      ? `${alone ? "To be corrected" : "Corrected in the new revision"}:\n${changes.map((change) => `- ${change}`).join("\n")}`
      : "",
    difference === ""
      ? ""
      : fold(
          alone ? "The corrections" : "What changed since the former revision",
          writeFence(difference, "diff"),
        ),
    renderReach(blastRadius),
    renderChecks(report.checks),
    alone ? "" : fold("The whole report", withoutMark(whole)),
  ];
}

/** The first paragraph in sight, the rest folded. */
function renderReach(blastRadius: string): string {
  if (blastRadius === "") return "";
  const [head = "", ...rest] = blastRadius.split("\n\n");
  if (rest.length === 0) return `**Blast radius**: ${head}`;
  return `**Blast radius**: ${head}\n\n${fold("Blast radius of every file of the plan", rest.join("\n\n"))}`;
}

function tellCorrections(
  { changes }: ValidationReport,
  { revision, alone }: ValidationSurroundings,
): string {
  if (changes.length === 0) return "";
  const count = changes.length === 1 ? "one correction" : `${changes.length} corrections`;
  if (alone) return ` · ${count} to be made`;
  const where = revision === undefined ? "a new revision" : `revision ${revision}`;
  return ` · ${count} already made in ${where}`;
}
