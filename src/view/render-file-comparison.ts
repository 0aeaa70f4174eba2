import { renderCodeSpan } from "../documents/code-span.ts";
import type { BuildSpec } from "../documents/schema-build-spec.ts";
import type { ReviewReport } from "../documents/schema-review-report.ts";

const list = (paths: readonly string[]): string => paths.map(renderCodeSpan).join(", ");

/** The files that the plan named against those that were changed, as the review saw them. */
export function renderFileComparison(spec: BuildSpec, report: ReviewReport): string {
  const planned = new Set(
    spec.files.flatMap(({ path, to }) => (to === null ? [path] : [path, to])),
  );
  const changed = new Set([...report.filesRead, ...report.filesUnread]);
  // A move is seen as its new path alone.
  const gone = new Set(spec.files.flatMap(({ path, to }) => (to === null ? [] : [path])));
  const missing = [...planned].filter((path) => !changed.has(path) && !gone.has(path));
  const extra = [...changed].filter((path) => !planned.has(path));
  const same = planned.size - gone.size - missing.length;
  const lines = [
    `${same} of ${planned.size - gone.size} planned files changed; ${changed.size} changed in all.`,
    missing.length > 0 ? `- planned and not changed: ${list(missing)}` : "",
    extra.length > 0 ? `- changed and not planned: ${list(extra)}` : "",
  ];
  return lines.filter(Boolean).join("\n");
}
