import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Layout } from "../../src/documents/layout.ts";
import { buildSpecLayout } from "../../src/documents/layout-build-spec.ts";
import { designLayout } from "../../src/documents/layout-design.ts";
import { lessonsLayout } from "../../src/documents/layout-lessons.ts";
import { projectContextLayout } from "../../src/documents/layout-project-context.ts";
import { reviewReportLayout } from "../../src/documents/layout-review-report.ts";
import { validationReportLayout } from "../../src/documents/layout-validation-report.ts";
import { normalizeDocument } from "../../src/documents/normalize-document.ts";
import { readDocument } from "../../src/documents/read-document.ts";
import { writeDocument } from "../../src/documents/write-document.ts";
import { arbitraryOf } from "./arbitrary-document.ts";
import { sampleBuildSpec } from "./sample-build-spec.ts";

const numRuns = Number(process.env.ARCHWRIGHT_RUNS ?? 40);

/**
 * Any value of the schema at all, without the checks of meaning (ids, references): what Markdown is asked
 * to carry here is worse than anything that passes those.
 */
function carriesAnything<T>(layout: Layout<T>): void {
  test(layout.kind, () => {
    fc.assert(
      fc.property(arbitraryOf(layout.schema), (value) => {
        const normal = normalizeDocument(layout, value as Record<string, unknown>);
        expect(normalizeDocument(layout, normal)).toEqual(normal);
        const markdown = writeDocument(layout, value);
        expect(readDocument(markdown, layout, () => [])).toEqual({ ok: true, value: normal });
      }),
      { numRuns },
    );
  });
}

describe("parse(render(normalize(x))) equals normalize(x) for any value of the schema", () => {
  carriesAnything(buildSpecLayout);
  carriesAnything(designLayout);
  carriesAnything(validationReportLayout);
  carriesAnything(reviewReportLayout);
  carriesAnything(lessonsLayout);
  carriesAnything(projectContextLayout);
});

test("a byte order mark in the middle of a long document moves nothing", () => {
  const objective = `${"A long line of prose.\n\n".repeat(200)}\uFEFFmark\n\nlast`;
  const value = { ...sampleBuildSpec, objective };
  const normal = normalizeDocument(buildSpecLayout, value);
  expect(readDocument(writeDocument(buildSpecLayout, value), buildSpecLayout, () => [])).toEqual({
    ok: true,
    value: normal,
  });
});
