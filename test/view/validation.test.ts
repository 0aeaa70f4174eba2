import { expect, test } from "@jest/globals";
import { renderValidationReport } from "../../src/documents/render-validation-report.ts";
import type { ValidationReport } from "../../src/documents/schema-validation-report.ts";
import { completeFileLinks } from "../../src/shared/file-link.ts";
import { renderValidation } from "../../src/view/render-validation.ts";

const evidence = { path: "src/a b(1).ts", startLine: 14, endLine: 16, quote: "class Base {" };
const claim = {
  id: "C-1",
  kind: "base-class" as const,
  text: "new class `Collector`",
  source: "BUILD_01.md",
  verdict: "false" as const,
  evidence,
  note: "a base exists",
};
const report: ValidationReport = {
  verdict: "needs-refinement",
  summary: "To be put right: 1 false claim (C-1).",
  planHash: "0f0f",
  gaps: [
    {
      lens: "safeguards",
      severity: "minor",
      source: "BUILD_01.md",
      line: 40,
      text: "Rollback: no way back is said",
    },
  ],
  checks: [
    {
      name: "patterns",
      state: "done",
      tier: "large",
      model: "a:best",
      micros: 90_000,
      escalated: ["small, `a:tiny`: it refused"],
      note: "",
    },
    {
      name: "risk",
      state: "failed",
      tier: null,
      model: null,
      micros: 10_000,
      escalated: [],
      note: "The next call would pass its allowance.",
    },
  ],
  claims: [claim, { ...claim, id: "C-2", verdict: "unproven", text: "it lags", evidence: null }],
  findings: [
    {
      id: "F-1",
      severity: "minor",
      title: "A name",
      detail: "",
      suggestion: "Rename it.",
      evidence: [evidence],
      proven: true,
      check: "patterns",
      sure: true,
    },
    {
      id: "F-2",
      severity: "critical",
      title: "Made up",
      detail: "",
      suggestion: "",
      evidence: [evidence],
      proven: false,
      check: "risk",
      sure: false,
    },
    {
      id: "F-3",
      severity: "critical",
      title: "A second base",
      detail: "",
      suggestion: "Extend the one there is.",
      evidence: [evidence],
      proven: true,
      check: "patterns",
      sure: true,
    },
  ],
  changes: ["BUILD_01: line 9 corrected to 5"],
  mended: [{ text: "`src/b.ts` is new", source: "BUILD_01.md", note: "it exists already" }],
  difference: "--- BUILD_01.md\n+++ BUILD_01.md\n-old\n+new",
  blastRadius: "4 files import what changes.\n\n| file | importers |\n|---|---|\n| a | 4 |",
  extraSections: [],
};
const markdown = renderValidationReport(report);
const shown = renderValidation(markdown, { base: "abc123", revision: 2 });

test("the first line says the verdict, the claims, and what was already put right in which revision", () => {
  expect(shown.split("\n")[0]).toBe(
    "**Needs refinement** · 2 claims: ✓ 0 checked, ✗ 1 refuted, ~ 1 unproven · one correction already made in revision 2",
  );
});

test("claims stand in a table: what was put right, then what is false, then what is unproven", () => {
  const rows = shown.split("\n").filter((line) => /^\| [✗~]/.test(line));
  expect(rows).toEqual([
    "| ✗→✓ | `src/b.ts` is new |  | it exists already; put right |",
    expect.stringMatching(
      /^\| ✗ \| new class `Collector` \| \[`src\/a b\(1\)\.ts:14`\]\(.+\) \| a base exists \|$/,
    ),
    "| ~ | it lags |  | a base exists |",
    expect.stringContaining("| ✗ | risk |"),
  ]);
});

test("places link to the very lines at the base commit, and nothing in a path can end the link", () => {
  const complete = completeFileLinks(shown, "https://github.com/acme/shop");
  expect(complete).toContain(
    "[`src/a b(1).ts:14`](https://github.com/acme/shop/blob/abc123/src/a%20b%281%29.ts#L14-L16)",
  );
  expect(complete).not.toContain("archwright-file:");
  expect(renderValidation(markdown)).not.toContain("archwright-file:");
});

test("findings come by severity with their check and what to do; those without proof last, marked", () => {
  const lines = shown.split("\n").filter((line) => /^- [✓~] /.test(line) && !line.includes("lens"));
  const findings = lines.filter((line) => /A second base|A name|Made up/.test(line));
  expect(findings.map((line) => line.replace(/ \[.*?\]\(.*?\)/, ""))).toEqual([
    "- ✓ **critical** A second base *(patterns)*. Extend the one there is.",
    "- ✓ **minor** A name *(patterns)*. Rename it.",
    "- ~ unproven, does not count: **critical** Made up *(risk, not sure)*.",
  ]);
});

test("who answered, why a larger model was asked and what it cost are said, and what was not done", () => {
  expect(shown).toContain(
    "<summary>Who checked: 1 of 2 answered, 1 by the large model · $0.10</summary>",
  );
  expect(shown).toContain(
    "| ✓ | patterns | large, `a:best` | small, `a:tiny`: it refused | $0.09 |",
  );
  expect(shown).toContain("| ✗ | risk |  | The next call would pass its allowance. | $0.01 |");
});

test("depth is folded: the difference, the blast radius and what is left empty; none of it is said twice", () => {
  expect(shown).toContain("<summary>What changed since the former revision</summary>");
  expect(shown).toContain("**Blast radius**: 4 files import what changes.");
  expect(shown).toContain("<summary>Left empty: 1 section</summary>");
  expect(shown.split("-old")).toHaveLength(2);
  expect(shown.split("| a | 4 |")).toHaveLength(2);
});

test("a report that no longer parses is shown as it is", () => {
  expect(renderValidation("# Something else")).toBe("# Something else");
});
