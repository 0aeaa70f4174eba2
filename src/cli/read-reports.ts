import type { FeatureReport } from "../constraints/propose-constraints.ts";
import { parseReviewReport } from "../documents/parse-review-report.ts";
import { parseValidationReport } from "../documents/parse-validation-report.ts";
import { exportLedger } from "../ledger/git/export-ledger.ts";
import { listIssues, openRepository } from "../ledger/git/open-git-ledger.ts";
import { type Result, succeed } from "../shared/result.ts";

/** Validations and reviews of every feature that has a ledger here, by issue and name. A report that no longer parses teaches nothing. */
export async function readReports(directory: string): Promise<Result<FeatureReport[]>> {
  const repository = openRepository({ directory });
  const issues = await listIssues(repository);
  if (!issues.ok) return issues;
  const reports: FeatureReport[] = [];
  for (const issue of issues.value) {
    const ledger = await exportLedger(repository, issue);
    if (!ledger.ok) return ledger;
    for (const name of Object.keys(ledger.value.documents).sort()) {
      const report = readReport(issue, name, ledger.value.documents[name] ?? "");
      if (report !== null) reports.push(report);
    }
  }
  return succeed(reports);
}

function readReport(issue: number, document: string, text: string): FeatureReport | null {
  const name = document.slice(document.lastIndexOf("/") + 1);
  if (/^validation-\d+\.md$/.test(name)) {
    const parsed = parseValidationReport(text);
    return parsed.ok ? { issue, document, validation: parsed.value } : null;
  }
  if (!/^review-\d+-\d+\.md$/.test(name)) return null;
  const parsed = parseReviewReport(text);
  return parsed.ok ? { issue, document, review: parsed.value } : null;
}
