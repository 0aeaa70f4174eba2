import { validationReportLayout } from "./layout-validation-report.ts";
import type { ValidationReport } from "./schema-validation-report.ts";
import { writeDocument } from "./write-document.ts";

/** The canonical Markdown of a validation report; `parseValidationReport` gives back its normal form. */
export const renderValidationReport = (value: ValidationReport): string =>
  writeDocument(validationReportLayout, value);
