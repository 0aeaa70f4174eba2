import type { Parsed } from "../../src/documents/fault.ts";
import { hashBuildSpec } from "../../src/documents/hash-build-spec.ts";
import { inspectDocument } from "../../src/documents/inspect-document.ts";
import { parseBuildSpec } from "../../src/documents/parse-build-spec.ts";
import { parseDesign } from "../../src/documents/parse-design.ts";
import { parseLessons } from "../../src/documents/parse-lessons.ts";
import { parseProjectContext } from "../../src/documents/parse-project-context.ts";
import { parseReviewReport } from "../../src/documents/parse-review-report.ts";
import { parseValidationReport } from "../../src/documents/parse-validation-report.ts";
import { renderBuildSpec } from "../../src/documents/render-build-spec.ts";
import { renderDesign } from "../../src/documents/render-design.ts";
import { renderLessons } from "../../src/documents/render-lessons.ts";
import { renderProjectContext } from "../../src/documents/render-project-context.ts";
import { renderReviewReport } from "../../src/documents/render-review-report.ts";
import { renderValidationReport } from "../../src/documents/render-validation-report.ts";
import { mutateDocument, seededRandom } from "./mutate-document.ts";
import { sampleBuildSpec } from "./sample-build-spec.ts";
import { sampleDocuments } from "./sample-documents.ts";

export type FuzzReport = {
  count: number;
  seed: number;
  accepted: number;
  refused: number;
  /** Documents that made the program throw, or that did not come back from their own rendering. */
  crashes: { seed: number; kind: string; message: string; document: string }[];
  slowest: { milliseconds: number; kind: string; characters: number };
};

type Subject = { kind: string; document: string; tries: (document: string) => boolean };

/** True when the document was accepted; throws when what was accepted does not come back. */
function subject<T>(
  kind: string,
  value: T,
  parse: (markdown: string) => Parsed<T>,
  render: (value: T) => string,
): Subject {
  const tries = (document: string): boolean => {
    const parsed = parse(document);
    if (!parsed.ok) {
      if (parsed.faults.length === 0) throw new Error("refused without a fault");
      const lines = document.split(/\r\n|\r|\n/).length;
      for (const fault of parsed.faults)
        if (fault.line < 1 || fault.line > lines || fault.column < 1 || fault.message === "")
          throw new Error(`fault without a place: ${JSON.stringify(fault)}`);
      return false;
    }
    const again = parse(render(parsed.value));
    if (!again.ok || JSON.stringify(again.value) !== JSON.stringify(parsed.value))
      throw new Error("what was read does not come back");
    return true;
  };
  return { kind, document: render(value), tries };
}

const subjects: Subject[] = [
  subject("build-spec", sampleBuildSpec, parseBuildSpec, (spec) => {
    hashBuildSpec(spec);
    return renderBuildSpec(spec);
  }),
  subject("design", sampleDocuments.design, parseDesign, renderDesign),
  subject(
    "validation-report",
    sampleDocuments.validationReport,
    parseValidationReport,
    renderValidationReport,
  ),
  subject("review-report", sampleDocuments.reviewReport, parseReviewReport, renderReviewReport),
  subject("lessons", sampleDocuments.lessons, parseLessons, renderLessons),
  subject(
    "project-context",
    sampleDocuments.projectContext,
    parseProjectContext,
    renderProjectContext,
  ),
];

/** Reads `count` mutated documents; document n of a seed is the same whatever the count. */
export function fuzzDocuments(count: number, seed: number): FuzzReport {
  const report: FuzzReport = {
    count,
    seed,
    accepted: 0,
    refused: 0,
    crashes: [],
    slowest: { milliseconds: 0, kind: "", characters: 0 },
  };
  for (let index = 0; index < count; index += 1) {
    const each = subjects[index % subjects.length];
    if (!each) break;
    const own = seed * 1_000_003 + index;
    const document = mutateDocument(each.document, seededRandom(own));
    const before = performance.now();
    try {
      if (each.tries(document)) report.accepted += 1;
      else report.refused += 1;
      if (index % 50 === 0) inspectDocument(document);
    } catch (error) {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      if (report.crashes.length < 20)
        report.crashes.push({ seed: own, kind: each.kind, message, document });
    }
    const milliseconds = performance.now() - before;
    if (milliseconds > report.slowest.milliseconds)
      report.slowest = { milliseconds, kind: each.kind, characters: document.length };
  }
  return report;
}
