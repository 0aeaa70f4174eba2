import { describe, expect, test } from "@jest/globals";
import {
  type FeatureReport,
  proposeConstraints,
  renderProposal,
} from "../../src/constraints/propose-constraints.ts";
import type { ReviewReport } from "../../src/documents/schema-review-report.ts";
import type { Claim, ValidationReport } from "../../src/documents/schema-validation-report.ts";
import { given } from "./given-constraint.ts";

const validation = (issue: number, over: Partial<ValidationReport>): FeatureReport => ({
  issue,
  document: "validation-1.md",
  validation: { claims: [], findings: [], ...over } as unknown as ValidationReport,
});
const review = (
  issue: number,
  ...findings: Partial<ReviewReport["findings"][number]>[]
): FeatureReport => ({
  issue,
  document: "review-01-1.md",
  review: {
    findings: findings.map((each) => ({ path: null, criterion: null, detail: "", ...each })),
  } as unknown as ReviewReport,
});
const claim = (
  kind: Claim["kind"],
  note: string,
  path: string,
  verdict: Claim["verdict"] = "false",
): Claim => ({
  id: "C-1",
  kind,
  text: "",
  source: "BUILD_01.md",
  verdict,
  note,
  evidence: { path, startLine: 1, endLine: 1, quote: "" },
});
const twin = claim(
  "twin-symbol",
  "`BaseCollector` is at `collectors/base.py:5`: same; extend it",
  "collectors/base.py",
);
const raw = {
  title: "Raw file write in a handler",
  detail: "It writes by hand. Use `save_json()` from `state_io.py` instead of `open(`.",
};

const lines = (reports: FeatureReport[], ...existing: string[]) =>
  proposeConstraints(reports, given(...existing)).map(renderProposal);

describe("proposeConstraints", () => {
  test.each<[string, FeatureReport[], string[]]>([
    ["nothing was found", [], []],
    ["once is an accident", [validation(1, { claims: [twin] })], []],
    [
      "twice in one feature is one feature's accident",
      [
        validation(1, { claims: [twin] }),
        { ...validation(1, { claims: [twin] }), document: "validation-2.md" },
      ],
      [],
    ],
    [
      "a false claim of several features, with what is there instead",
      [validation(12, { claims: [twin] }), validation(15, { claims: [twin] })],
      [
        "- Use `BaseCollector` from `collectors/base.py`; nothing like it is declared again. <!-- from #12, #15 (2 times) -->",
      ],
    ],
    [
      "tests in the wrong place",
      [1, 2, 3].map((issue) =>
        validation(issue, {
          claims: [claim("test-path", "tests stand below `tests`", "tests/test_a.py")],
        }),
      ),
      ["- Tests live in `tests/`, named `test_{name}.py`. <!-- from #1, #2, #3 (3 times) -->"],
    ],
    [
      "true claims teach nothing",
      [1, 2].map((issue) => validation(issue, { claims: [{ ...twin, verdict: "true" }] })),
      [],
    ],
    [
      "two different twins are two accidents",
      [
        validation(1, { claims: [twin] }),
        validation(2, { claims: [claim("twin-symbol", "`Other` is at `b.py:1`", "b.py")] }),
      ],
      [],
    ],
    [
      "what reviews find again in other words",
      [review(4, raw), review(7, { ...raw, title: "Raw file write in the handler" })],
      ["- Use `save_json()` from `state_io.py` instead of `open(`. <!-- from #4, #7 (2 times) -->"],
    ],
    [
      "what nobody could check is not proposed",
      [1, 2].map((issue) =>
        review(issue, { title: "Code is not clean", detail: "Write better code." }),
      ),
      [],
    ],
    [
      "what a criterion says is of its spec alone",
      [1, 2].map((issue) => review(issue, { ...raw, criterion: "AC-1" })),
      [],
    ],
    [
      "the most frequent first",
      [
        validation(1, { claims: [twin] }),
        validation(2, { claims: [twin] }),
        review(1, raw),
        review(2, raw),
        review(3, raw),
      ],
      [
        "- Use `save_json()` from `state_io.py` instead of `open(`. <!-- from #1, #2, #3 (3 times) -->",
        "- Use `BaseCollector` from `collectors/base.py`; nothing like it is declared again. <!-- from #1, #2 (2 times) -->",
      ],
    ],
  ])("%s", (_name, reports, expected) => {
    expect(lines(reports)).toEqual(expected);
  });

  test("what the document says already is not proposed", () => {
    const reports = [review(4, raw), review(7, raw)];
    expect(lines(reports, "Never call `open(`, use `save_json()` of `state_io.py`")).toEqual([]);
  });
});
