import { describe, expect, test } from "@jest/globals";
import { checkBuildSpec } from "../../src/documents/check-build-spec.ts";
import { checkDesign } from "../../src/documents/check-design.ts";
import { parseBuildSpec } from "../../src/documents/parse-build-spec.ts";
import { parseDesign } from "../../src/documents/parse-design.ts";
import { renderBuildSpec } from "../../src/documents/render-build-spec.ts";
import { sampleBuildSpec } from "./sample-build-spec.ts";

const written = renderBuildSpec(sampleBuildSpec);

/** [what is replaced, by what, the text the fault must point at, message] */
const faults: [string, string, string, string][] = [
  [
    "(must, unit)",
    "(mst, unit)",
    "mst, unit",
    'expected one of must, should, found "mst"; did you mean "must"?',
  ],
  [
    "(must, unit)",
    "(must, units)",
    "units)",
    'expected one of unit, integration, e2e, performance, security, absence, inspection, found "units"; did you mean "unit"?',
  ],
  ["AC-1 (must, unit)", "AC-1 must, unit", "must, unit", 'expected "("'],
  [
    "- modify `src/report.ts`",
    "- modfy `src/report.ts`",
    "modfy",
    'expected one of create, modify, delete, move, found "modfy"; did you mean "modify"?',
  ],
  [
    "- modify `src/report.ts`",
    "- modify `/src/report.ts`",
    "`/src/report.ts`",
    'path "/src/report.ts" is absolute',
  ],
  [
    "- modify `src/report.ts`",
    "- modify `../report.ts`",
    "`../report.ts`",
    'path "../report.ts" leaves the repository',
  ],
  [
    "- modify `src/report.ts`",
    "- modify `src\\report.ts`",
    "`src\\report.ts`",
    'path "src\\report.ts" has backslashes; use forward slashes',
  ],
  ["- modify `src/report.ts`", "- modify ` `", "` `", "path is empty"],
  [" to `src/new.ts`", "", "- move", 'move of "src/old.ts" has no target'],
  [
    "- files: `src/report.ts`",
    "- files: `src/reprot.ts`",
    "`src/reprot.ts`",
    '"src/reprot.ts" is not among the Files; did you mean "src/report.ts"?',
  ],
  [
    "checkpoint: unit",
    "checkpoint: unti",
    "unti",
    'expected one of none, compile, unit, integration, all, found "unti"; did you mean "unit"?',
  ],
  ["- checkpoint: unit\n", "", "\n\n- files: `src/report.ts`", 'missing "checkpoint:"'],
  ["### S-2: Move", "### S-1: Move", "S-1: Move", '"S-1" appears twice'],
  ["### S-2: Move", "### Move", "\n\n- files: `src/old.ts`", 'expected ":"'],
  ["AC-2 (should", "AC-1 (should", "AC-1 (should", '"AC-1" appears twice'],
  ["AC-2 (should", "CA-2 (should", "CA-2", '"CA-2" is not an id'],
  [
    "criteria: AC-1",
    "criteria: AC-7",
    "AC-7",
    'there is no criterion "AC-7"; did you mean "AC-1"?',
  ],
  ["- BUILD_01", "- BUILD_02", "- BUILD_02", "BUILD_02 depends on itself"],
  ["## Objective", "## Objectiv", "# BUILD_02", 'missing section "Objective"'],
  ["## Rollback", "## Scope", "## Scope\n\nRevert", 'section "Scope" appears twice'],
  [
    "mode: standard",
    "mode: quick",
    "quick",
    'expected one of careful, standard, fast, found "quick"',
  ],
  ["  - verify: unit", "  - verfy: unit", "- verfy", 'unknown "verfy:"; did you mean "verify:"?'],
  ["  - why: pipes expect it\n", "", "- Standard output", 'missing "why:"'],
  ["at: `src/cli.ts:12`", "at: `src/cli.ts`", "`src/cli.ts`", "expected a path and a line"],
  [
    "| Name | Version |",
    "| Name | Vershun |",
    "Vershun",
    'unknown column "Vershun"; did you mean "Version"?',
  ],
  ["reads a \\| b", "reads a | b", "| b |", "more cells than columns; write a pipe as \\|"],
  [
    "build-spec 1",
    "build-spec 7",
    "<!-- archwright",
    "version 7 is newer than this Archwright knows (1); update Archwright",
  ],
  [
    "archwright:build-spec",
    "archwright:design",
    "<!-- archwright",
    "this is a design document, not a build-spec",
  ],
  ["# BUILD_02:", "## BUILD_02:", "<!-- archwright", "missing title"],
];

describe("faults point at the place and say what is right", () => {
  test.each(faults)("%j → %j", (from, to, pointed, message) => {
    const edited = written.replace(from, () => to);
    expect(edited).not.toBe(written);
    const parsed = parseBuildSpec(edited);
    if (parsed.ok) throw new Error("no fault");
    const fault = parsed.faults[0];
    if (fault === undefined) throw new Error("no fault");
    const line = edited.split("\n").slice(0, fault.line - 1);
    const offset = line.reduce((sum, each) => sum + each.length + 1, fault.column - 1);
    if (message !== "") expect(fault.message).toBe(message);
    expect(edited.slice(offset, offset + pointed.length)).toBe(pointed);
    expect(fault.example).not.toBe("");
  });

  test("line and column in figures, with CRLF and after wide characters", () => {
    const markdown =
      "# BUILD_01: 👩‍👩‍👧\r\n\r\n## Acceptance criteria\r\n\r\n- [ ] AC-1 (mst, unit): x\r\n";
    const parsed = parseBuildSpec(markdown);
    if (parsed.ok) throw new Error("no fault");
    expect(parsed.faults.find((fault) => fault.line === 5)).toEqual({
      line: 5,
      column: 13,
      message: 'expected one of must, should, found "mst"; did you mean "must"?',
      example: "- [ ] AC-1 (must, unit): `report --json` prints JSON\n  - verify: unit",
    });
  });

  test("all faults are told at once, in the order of the document", () => {
    const edited = written.replace("(must, unit)", "(mst, unit)").replace("- modify", "- modfy");
    const parsed = parseBuildSpec(edited);
    if (parsed.ok) throw new Error("no fault");
    expect(parsed.faults.map((fault) => fault.message.slice(0, 20))).toEqual([
      "expected one of crea",
      "expected one of must",
    ]);
  });

  test("a spec without criteria", () => {
    const edited = written
      .replace(/- \[ \] AC-1.*no `eval`/s, "None.")
      .replace("  - criteria: AC-1\n", "");
    expect(parseBuildSpec(edited)).toMatchObject({
      ok: false,
      faults: [{ message: "no acceptance criterion" }],
    });
  });
});

describe("values are checked before they are rendered", () => {
  test("a right spec has nothing wrong", () => expect(checkBuildSpec(sampleBuildSpec)).toEqual([]));

  test("the same problems as in a document, by path", () => {
    const spec = structuredClone(sampleBuildSpec);
    const [file] = spec.files;
    if (file) file.path = "../x";
    spec.acceptance = [];
    spec.dependsOn = ["BUILD_02"];
    expect(checkBuildSpec(spec)).toEqual([
      "dependsOn.0: BUILD_02 depends on itself",
      'files.0.path: path "../x" leaves the repository',
      'steps.0.files: "src/report.ts" is not among the Files; did you mean "src/old.ts"?',
      'tests.0.criteria: there is no criterion "AC-1"',
      "acceptance: no acceptance criterion",
    ]);
  });

  test("nesting that could not be read back", () => {
    const spec = { ...sampleBuildSpec, objective: `${"> ".repeat(70)}x` };
    expect(checkBuildSpec(spec)).toEqual(["objective: lists or quotes nested deeper than 60"]);
  });

  test("a design", () => {
    const parsed = parseDesign(
      "# Design\n\n## Summary\n\nx\n\n## Roadmap\n\n| ID | Task | Depends on | Complexity | Spec |\n|-|-|-|-|-|\n| R-1 | a | R-2 | simple | BUILD_01 |\n",
    );
    expect(parsed).toMatchObject({
      ok: false,
      faults: [{ line: 11, column: 13, message: 'there is no task "R-2"' }],
    });
    expect(typeof checkDesign).toBe("function");
  });
});
