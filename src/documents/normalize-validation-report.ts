import { validationReportLayout } from "./layout-validation-report.ts";
import { normalizeDocument } from "./normalize-document.ts";
import type { ValidationReport } from "./schema-validation-report.ts";

/** What Markdown carries of any value of the schema; see `normalizeDocument`. Idempotent. */
export const normalizeValidationReport = (value: ValidationReport): ValidationReport =>
  validationReportLayout.schema.parse(normalizeDocument(validationReportLayout, value));
