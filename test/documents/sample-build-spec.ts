import type { BuildSpec } from "../../src/documents/schema-build-spec.ts";

/** A right spec that uses every section. */
export const sampleBuildSpec: BuildSpec = {
  id: "BUILD_02",
  title: "Print the report as JSON",
  objective: "The report command prints JSON.\n\n- one object a file\n- sorted by path",
  context: [
    { pattern: "Commands return a code", path: "src/cli.ts", line: 12, quote: "return 0;\n" },
  ],
  keyDecisions: [{ decision: "Standard output", reason: "pipes expect it" }],
  invariants: ["The exit code does not depend on the format"],
  failureModes: [{ failure: "The file is missing", handling: "exit with 2" }],
  scope: ["The report command", "Its documentation"],
  outOfScope: ["Other commands"],
  files: [
    {
      path: "src/report.ts",
      action: "modify",
      to: null,
      purpose: "print as JSON",
      edits: [{ before: "## Scope\n\n- [ ] x", after: "```\nfence\n```" }],
    },
    { path: "src/old.ts", action: "move", to: "src/new.ts", purpose: "a better name", edits: [] },
  ],
  dependencies: [{ name: "yaml", version: "2.9.1", reason: "reads a | b" }],
  steps: [
    {
      id: "S-1",
      title: "Print",
      details: "- first this\n- then that",
      files: ["src/report.ts"],
      checkpoint: "unit",
      mode: "judgement",
    },
    {
      id: "S-2",
      title: "Move",
      details: "",
      files: ["src/old.ts", "src/new.ts"],
      checkpoint: "all",
      mode: "mechanical",
    },
  ],
  errorHandling: "Errors go to standard error.",
  acceptance: [
    {
      id: "AC-1",
      level: "must",
      kind: "unit",
      text: "`report --json` prints JSON",
      verify: "unit",
      done: false,
    },
    { id: "AC-2", level: "should", kind: "absence", text: "no `eval`", verify: null, done: true },
  ],
  tests: [
    {
      id: "T-1",
      scenario: "Empty",
      input: "no files",
      expected: "`[]`",
      edgeCases: ["an empty folder", "a file without lines"],
      criteria: ["AC-1"],
    },
  ],
  constraints: ["No new dependency", "# is no heading here"],
  risks: [{ risk: "Readers parse the text", mitigation: "it stays the default" }],
  rollback: "Revert the commit.",
  parameters: { mode: "standard", testing: ["unit", "integration"] },
  dependsOn: ["BUILD_01"],
  extraSections: [{ heading: "Notes for the operator", body: "Restart once." }],
};
