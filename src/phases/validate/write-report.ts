import type {
  Check,
  Claim,
  Gap,
  ValidationReport,
} from "../../documents/schema-validation-report.ts";
import type { Verdict } from "../../workflow/phase.ts";
import type { JudgedFinding } from "./decide-verdict.ts";
import { describeVerdict } from "./describe-verdict.ts";

/** Everything that a validation found. */
export type Found = {
  verdict: Verdict;
  claims: readonly Claim[];
  findings: readonly JudgedFinding[];
  /** Specs that a model refined and that were taken over. */
  refined: ReadonlySet<string>;
  gaps: readonly Gap[];
  checks: readonly Check[];
  changes: readonly string[];
  /** Claims that were false before the refinement and are made no more. */
  mended: readonly Claim[];
  /** Why refinements were not taken over. */
  refused: readonly string[];
  /** Blast radius of the specs' files, as Markdown. */
  reach: string;
};

/** The report of what was found, of a plan in a feature or of specs alone. */
export const writeReport = (
  found: Found & { planHash: string; difference: string },
): ValidationReport => ({
  verdict: found.verdict,
  summary: [describeVerdict(found), ...found.refused].join("\n\n"),
  planHash: found.planHash,
  gaps: [...found.gaps],
  checks: [...found.checks],
  claims: [...found.claims],
  findings: found.findings.map(
    ({ aboutDirection: _direction, resolvedBy: _spec, ...finding }) => finding,
  ),
  changes: [...found.changes],
  mended: found.mended.map(({ text, source, note }) => ({ text, source, note })),
  difference: found.difference,
  blastRadius: found.reach,
  extraSections: [],
});
