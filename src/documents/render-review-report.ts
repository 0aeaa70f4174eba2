import { reviewReportLayout } from "./layout-review-report.ts";
import type { ReviewReport } from "./schema-review-report.ts";
import { writeDocument } from "./write-document.ts";

/** The canonical Markdown of a review report; `parseReviewReport` gives back its normal form. */
export const renderReviewReport = (value: ReviewReport): string =>
  writeDocument(reviewReportLayout, value);
