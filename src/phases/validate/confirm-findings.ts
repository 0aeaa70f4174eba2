import { confirmQuote } from "../../codebase/confirm-quote.ts";
import type { Evidence } from "../../documents/schema-common.ts";
import type { ValidationReport } from "../../documents/schema-validation-report.ts";
import type { BaseFiles } from "./base-files.ts";
import type { ValidateReply } from "./reply.ts";

export type ConfirmedFinding = ValidationReport["findings"][number] & {
  aboutDirection: boolean;
  resolvedBy: string | null;
};

/**
 * Reads the evidence of each finding again. A finding is proven when at least one quote stands in its file and none of
 * its quotes is made up; lines are put right where a quote stands elsewhere in the file.
 */
export async function confirmFindings(
  findings: ValidateReply["findings"],
  base: BaseFiles,
): Promise<ConfirmedFinding[]> {
  return await Promise.all(
    findings.map(async (finding, index) => {
      const read = await Promise.all(finding.evidence.map((one) => confirmEvidence(one, base)));
      const { severity, title, detail, suggestion, aboutDirection, resolvedBy } = finding;
      return {
        id: `F-${index + 1}`,
        severity,
        title: title.trim() === "" ? finding.area : title,
        detail,
        suggestion,
        evidence: read.map((one, at) => one ?? (finding.evidence[at] as Evidence)),
        proven: read.length > 0 && read.every((one) => one !== null),
        aboutDirection,
        resolvedBy,
      };
    }),
  );
}

async function confirmEvidence(evidence: Evidence, base: BaseFiles): Promise<Evidence | null> {
  const content = await base.text(evidence.path);
  const found = content === null ? null : confirmQuote(content, evidence);
  if (found === null) return null;
  return { ...evidence, startLine: found.startLine, endLine: found.endLine };
}
