import { describe, expect, test } from "@jest/globals";
import { parseBuildSpec } from "../../../src/documents/parse-build-spec.ts";
import { renderBuildSpec } from "../../../src/documents/render-build-spec.ts";
import type { BuildSpec } from "../../../src/documents/schema-build-spec.ts";
import { checkCompleteness, isHopeless } from "../../../src/phases/validate/check-completeness.ts";
import { consumptionSpec } from "../signal-plan.ts";

const whole: BuildSpec = {
  ...consumptionSpec,
  outOfScope: ["streaming"],
  errorHandling: "Errors are logged as elsewhere.",
  risks: [{ risk: "late data", mitigation: "look back" }],
};
const look = (change: Partial<BuildSpec>) => {
  const spec = { ...whole, ...change };
  return checkCompleteness([{ spec, text: renderBuildSpec(spec) }]);
};

test("a spec that says everything has no gap", () => {
  expect(look({})).toEqual([]);
});

describe.each<[string, string, "critical" | "minor", Partial<BuildSpec>]>([
  ["boundaries", "Objective", "critical", { objective: "TBD" }],
  ["boundaries", "Scope", "minor", { scope: [] }],
  ["boundaries", "Out of scope", "minor", { outOfScope: [] }],
  ["instructions", "Context", "minor", { context: [] }],
  ["instructions", "Files", "critical", { files: [] }],
  ["instructions", "Steps", "critical", { steps: [] }],
  ["instructions", "Error handling", "minor", { errorHandling: "n/a", failureModes: [] }],
  [
    "instructions",
    "Acceptance criteria",
    "critical",
    { acceptance: [{ ...whole.acceptance[0], text: "todo" } as never] },
  ],
  ["safeguards", "Test specification", "minor", { tests: [] }],
  ["safeguards", "Risks", "minor", { risks: [] }],
  ["safeguards", "Rollback", "minor", { rollback: " ... " }],
])("through the lens of %s", (lens, section, severity, change) => {
  test(`${section} is missed, ${severity}`, () => {
    const gaps = look(change);
    expect(gaps).toEqual([expect.objectContaining({ lens, severity, source: "BUILD_01.md" })]);
    expect(gaps[0]?.text.startsWith(section)).toBe(true);
    expect(isHopeless(gaps)).toBe(severity === "critical");
  });
});

test("a gap names the line of its section, or of the title where there is none; a heading in a fence is none", () => {
  const text = [
    "# BUILD_01: x",
    "",
    "## Objective",
    "",
    "```",
    "## Rollback",
    "```",
    "",
    "## Files",
    "None.",
    "",
    "## Rollback",
  ].join("\n");
  const spec = { ...whole, files: [], rollback: "", risks: [] };
  const lines = checkCompleteness([{ spec, text }]).map(({ text: what, line }) => [
    what.split(":")[0],
    line,
  ]);
  expect(lines).toEqual([
    ["Files", 9],
    ["Risks", 1],
    ["Rollback", 12],
  ]);
});

test("what people write by hand is read the same", () => {
  const text = renderBuildSpec(whole).replace(/\n/g, "\r\n");
  const parsed = parseBuildSpec(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  expect(checkCompleteness([{ spec: parsed.value, text }])).toEqual([]);
});
