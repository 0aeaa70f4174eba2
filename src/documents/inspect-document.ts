import { createHash } from "node:crypto";
import { canonicalizeDesign } from "./canonicalize-design.ts";
import type { Fault, Parsed } from "./fault.ts";
import { hashBuildSpec } from "./hash-build-spec.ts";
import { parseBuildSpec } from "./parse-build-spec.ts";
import { parseDesign } from "./parse-design.ts";
import { parseLessons } from "./parse-lessons.ts";
import { parseProjectContext } from "./parse-project-context.ts";
import { parseReviewReport } from "./parse-review-report.ts";
import { parseValidationReport } from "./parse-validation-report.ts";
import { renderBuildSpec } from "./render-build-spec.ts";
import { renderDesign } from "./render-design.ts";
import { renderLessons } from "./render-lessons.ts";
import { renderProjectContext } from "./render-project-context.ts";
import { renderReviewReport } from "./render-review-report.ts";
import { renderValidationReport } from "./render-validation-report.ts";

/** A document whose kind was not known beforehand: its faults, or its hash and canonical layout. */
export type Inspection =
  | { kind: string; ok: false; faults: Fault[] }
  | { kind: string; ok: true; hash: string; formatted: string };

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

function inspector<T>(
  parse: (markdown: string) => Parsed<T>,
  render: (value: T) => string,
  hash = (value: T): string => sha256(render(value)),
) {
  return (kind: string, markdown: string): Inspection => {
    const parsed = parse(markdown);
    if (!parsed.ok) return { kind, ok: false, faults: parsed.faults };
    return { kind, ok: true, hash: hash(parsed.value), formatted: render(parsed.value) };
  };
}

const inspectBuildSpec = inspector(parseBuildSpec, renderBuildSpec, hashBuildSpec);

const inspectors = new Map([
  ["build-spec", inspectBuildSpec],
  ["design", inspector(parseDesign, renderDesign, (design) => sha256(canonicalizeDesign(design)))],
  ["validation-report", inspector(parseValidationReport, renderValidationReport)],
  ["review-report", inspector(parseReviewReport, renderReviewReport)],
  ["lessons", inspector(parseLessons, renderLessons)],
  ["project-context", inspector(parseProjectContext, renderProjectContext)],
]);

const titles: [RegExp, string][] = [
  [/^#[ \t]+Design\b/im, "design"],
  [/^#[ \t]+Validation report[ \t]*$/im, "validation-report"],
  [/^#[ \t]+Review of /im, "review-report"],
  [/^#[ \t]+Lessons[ \t]*$/im, "lessons"],
  [/^#[ \t]+Project context[ \t]*$/im, "project-context"],
];

/** Reads a document by its marker, else by its title; without either it is held to be a BUILD spec. */
export function inspectDocument(markdown: string): Inspection {
  const head = markdown.slice(0, 2000);
  const marked = /^\uFEFF?\s*<!--\s*archwright:([\w-]+)/.exec(head)?.[1];
  const titled = titles.find(([title]) => title.test(head))?.[1];
  const kind = marked !== undefined && inspectors.has(marked) ? marked : (titled ?? "build-spec");
  return (inspectors.get(kind) ?? inspectBuildSpec)(kind, markdown);
}
