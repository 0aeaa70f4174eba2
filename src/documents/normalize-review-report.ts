import { reviewReportLayout } from "./layout-review-report.ts";
import { normalizeDocument } from "./normalize-document.ts";
import type { ReviewReport } from "./schema-review-report.ts";

/** What Markdown carries of any value of the schema; see `normalizeDocument`. Idempotent. */
export const normalizeReviewReport = (value: ReviewReport): ReviewReport =>
  reviewReportLayout.schema.parse(normalizeDocument(reviewReportLayout, value));
