import type { Parsed } from "./fault.ts";
import { findIdProblems } from "./find-id-problems.ts";
import { reviewReportLayout } from "./layout-review-report.ts";
import { readDocument } from "./read-document.ts";
import type { ReviewReport } from "./schema-review-report.ts";

/** The review report that a Markdown text holds, or every fault in it with its position. */
export const parseReviewReport = (markdown: string): Parsed<ReviewReport> =>
  readDocument(markdown, reviewReportLayout, (report) => [
    ...findIdProblems(report.criteria, ["criteria"], "AC-1"),
    ...findIdProblems(report.findings, ["findings"], "F-1"),
  ]);
