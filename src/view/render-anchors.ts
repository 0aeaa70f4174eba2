import type { ReviewReport } from "../documents/schema-review-report.ts";
import type { ViewAnchor } from "../forge/port.ts";
import { inert, inertLine } from "./inert.ts";

/** Findings that name a line, as remarks at that line. Whether the diff shows it is the forge's to check. */
export const renderAnchors = (report: ReviewReport): ViewAnchor[] =>
  report.findings.flatMap(({ path, line, severity, title, detail, criterion }) => {
    if (path === null || line === null || line < 1) return [];
    const about = criterion ? ` (${criterion})` : "";
    const head = `**${severity}** ${inertLine(title)}${about}`;
    const markdown = inert([head, detail].filter(Boolean).join("\n\n"));
    return [{ path, line, endLine: null, markdown }];
  });
