import { compareBlast, type Expectation } from "../../codebase/blast/compare-blast.ts";
import { renderCodeSpan } from "../../documents/code-span.ts";
import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { ExtraSection } from "../../documents/schema-common.ts";
import { radiusHeading } from "../../documents/schema-review-report.ts";
import { isLockFile } from "../is-lock-file.ts";
import type { ReviewFacts } from "./facts.ts";
import type { ReviewedFile } from "./read-changes.ts";

/** What the code said, before the change, that it would reach. `planned` is how many files of the plan it was asked about. */
export type Foresight = {
  asked: number;
  expected: readonly Expectation[];
  reach: readonly string[];
};

const shown = 20;

/**
 * The predicted blast radius against the change: what mostly changes with the planned files and was not touched, and what was touched
 * though nothing spoke for it. Counts for no points: it tells a reader where to look. Empty where the plan changes no file that was there.
 */
export function compareRadius(
  { spec, deviations }: { spec: Pick<BuildSpec, "files">; deviations: ReviewFacts["deviations"] },
  { asked, expected, reach }: Foresight,
  files: readonly Pick<ReviewedFile, "path" | "from">[],
): ExtraSection[] {
  if (asked === 0) return [];
  const planned = spec.files.flatMap(({ path, to }) => (to === null ? [path] : [path, to]));
  const touched = files.flatMap(({ path, from }) => (from === null ? [path] : [from, path]));
  const counted = touched.filter((path) => !isLockFile(path) || planned.includes(path));
  const { untouched, unforeseen, foreseen } = compareBlast(expected, counted, { planned, reach });
  const recorded = new Set(deviations.flatMap(({ paths }) => paths));
  const lines = [
    ...list("predicted and untouched", untouched, explain),
    ...list("touched and unpredicted", unforeseen, (path) =>
      recorded.has(path)
        ? `${renderCodeSpan(path)} (recorded as a deviation)`
        : renderCodeSpan(path),
    ),
  ];
  const all = foreseen.length + unforeseen.length;
  const sum = `${foreseen.length} of ${all} touched files were planned or within reach of the plan; ${untouched.length === 0 ? "nothing that mostly changes with them was left alone" : `${untouched.length} that mostly change with them or test them were left alone`}.`;
  return [{ heading: radiusHeading, body: [sum, lines.join("\n")].filter(Boolean).join("\n\n") }];
}

function explain({ path, origin, share }: Expectation): string {
  const from = renderCodeSpan(origin);
  const why =
    share === null
      ? `named after ${from}`
      : `changed with ${from} in ${share.together} of its ${share.of} commits`;
  return `${renderCodeSpan(path)} (${why})`;
}

function list<T>(what: string, items: readonly T[], show: (item: T) => string): string[] {
  const rest = items.length - shown;
  const lines = items.slice(0, shown).map((item) => `- ${what}: ${show(item)}`);
  return rest > 0 ? [...lines, `- ${what}: ${rest} more`] : lines;
}
