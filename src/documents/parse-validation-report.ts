import type { Parsed } from "./fault.ts";
import { findIdProblems } from "./find-id-problems.ts";
import { validationReportLayout } from "./layout-validation-report.ts";
import { readDocument } from "./read-document.ts";
import type { ValidationReport } from "./schema-validation-report.ts";

/** The validation report that a Markdown text holds, or every fault in it with its position. */
export const parseValidationReport = (markdown: string): Parsed<ValidationReport> =>
  readDocument(markdown, validationReportLayout, (report) => [
    ...findIdProblems(report.claims, ["claims"], "C-1"),
    ...findIdProblems(report.findings, ["findings"], "F-1"),
  ]);
