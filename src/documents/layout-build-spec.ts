import { atom, atoms, box, code, codes, is, type Layout, text, word, words } from "./layout.ts";
import {
  type BuildSpec,
  buildSpecSchema,
  checkpointSchema,
  criterionSchema,
  fileChangeSchema,
  stepSchema,
} from "./schema-build-spec.ts";

const { mode, testing } = buildSpecSchema.shape.parameters.shape;

/** `BUILD_NN.md`; described for people in docs/build-spec.md. */
export const buildSpecLayout: Layout<BuildSpec> = {
  kind: "build-spec",
  version: 1,
  schema: buildSpecSchema,
  line: [atom("id"), is(": "), text("title")],
  example: "# BUILD_01: Add a JSON report",
  fields: [],
  body: null,
  sections: [
    {
      kind: "prose",
      heading: "Objective",
      field: "objective",
      required: true,
      example: "The command prints its report as JSON when asked.",
    },
    {
      kind: "items",
      heading: "Context",
      field: "context",
      line: [text("pattern")],
      fields: [
        { kind: "line", key: "at", parts: [{ kind: "place", fields: ["path", "line"] }] },
        { kind: "fence", key: "quote", field: "quote" },
      ],
      example:
        "- Commands return an exit code\n  - at: `src/cli.ts:12`\n  - quote:\n    ```text\n    return 0;\n    ```",
    },
    {
      kind: "items",
      heading: "Key decisions",
      field: "keyDecisions",
      line: [text("decision")],
      fields: [{ kind: "line", key: "why", parts: [text("reason")] }],
      example: "- Print to standard output\n  - why: pipes expect it there",
    },
    {
      kind: "bullets",
      heading: "Invariants",
      field: "invariants",
      part: text("text"),
      example: "- The exit code does not depend on the format",
    },
    {
      kind: "items",
      heading: "Failure modes",
      field: "failureModes",
      line: [text("failure")],
      fields: [{ kind: "line", key: "handling", parts: [text("handling")] }],
      example: "- The file cannot be read\n  - handling: exit with 2 and name the file",
    },
    {
      kind: "bullets",
      heading: "Scope",
      field: "scope",
      required: true,
      part: text("text"),
      example: "- The report command",
    },
    {
      kind: "bullets",
      heading: "Out of scope",
      field: "outOfScope",
      part: text("text"),
      example: "- Other commands",
    },
    {
      kind: "items",
      heading: "Files",
      field: "files",
      required: true,
      line: [
        word("action", fileChangeSchema.shape.action.options),
        is(" "),
        code("path"),
        { kind: "optional", field: "to", parts: [is(" to "), code("to")] },
        is(": "),
        text("purpose"),
      ],
      fields: [
        {
          kind: "group",
          field: "edits",
          many: true,
          fields: [
            { kind: "fence", key: "before", field: "before" },
            { kind: "fence", key: "after", field: "after" },
          ],
        },
      ],
      example: "- modify `src/report.ts`: print as JSON",
    },
    {
      kind: "table",
      heading: "Dependencies",
      field: "dependencies",
      columns: [
        { title: "Name", part: code("name") },
        { title: "Version", part: text("version") },
        { title: "Reason", part: text("reason") },
      ],
      example:
        "| Name | Version | Reason |\n| --- | --- | --- |\n| `yaml` | 2.9.1 | reads the config |",
    },
    {
      kind: "blocks",
      heading: "Steps",
      field: "steps",
      required: true,
      example:
        "### S-1: Print as JSON\n\n- files: `src/report.ts`\n- checkpoint: unit\n- mode: judgement\n\nWhat to do.",
      block: {
        line: [atom("id"), is(": "), text("title")],
        fields: [
          { kind: "line", key: "files", parts: [codes("files")], absent: { files: [] } },
          {
            kind: "line",
            key: "checkpoint",
            parts: [word("checkpoint", checkpointSchema.options)],
          },
          { kind: "line", key: "mode", parts: [word("mode", stepSchema.shape.mode.options)] },
        ],
        body: "details",
        sections: [],
        example:
          "### S-1: Print as JSON\n\n- files: `src/report.ts`\n- checkpoint: unit\n- mode: judgement",
      },
    },
    {
      kind: "prose",
      heading: "Error handling and logging",
      field: "errorHandling",
      example: "Errors go to standard error.",
    },
    {
      kind: "items",
      heading: "Acceptance criteria",
      field: "acceptance",
      required: true,
      line: [
        box("done"),
        is(" "),
        atom("id"),
        is(" ("),
        word("level", criterionSchema.shape.level.options),
        is(", "),
        word("kind", criterionSchema.shape.kind.options),
        is("): "),
        text("text"),
      ],
      fields: [{ kind: "line", key: "verify", parts: [text("verify")], absent: { verify: null } }],
      example: "- [ ] AC-1 (must, unit): `report --json` prints JSON\n  - verify: unit",
    },
    {
      kind: "items",
      heading: "Test specification",
      field: "tests",
      line: [atom("id"), is(": "), text("scenario")],
      fields: [
        { kind: "line", key: "criteria", parts: [atoms("criteria")], absent: { criteria: [] } },
        { kind: "line", key: "input", parts: [text("input")] },
        { kind: "line", key: "expected", parts: [text("expected")] },
        { kind: "texts", key: "edge case", field: "edgeCases" },
      ],
      example:
        "- T-1: Empty report\n  - criteria: AC-1\n  - input: no files\n  - expected: `[]`\n  - edge case: a folder without files",
    },
    {
      kind: "bullets",
      heading: "Constraints",
      field: "constraints",
      part: text("text"),
      example: "- No new dependency",
    },
    {
      kind: "items",
      heading: "Risks",
      field: "risks",
      line: [text("risk")],
      fields: [{ kind: "line", key: "mitigation", parts: [text("mitigation")] }],
      example: "- Readers parse the text form\n  - mitigation: it stays the default",
    },
    { kind: "prose", heading: "Rollback", field: "rollback", example: "Revert the commit." },
    {
      kind: "record",
      heading: "Parameters",
      field: "parameters",
      required: true,
      fields: [
        { kind: "line", key: "mode", parts: [word("mode", mode.options)] },
        { kind: "line", key: "testing", parts: [words("testing", testing.element.options)] },
      ],
      example: "- mode: standard\n- testing: unit, integration",
    },
    {
      kind: "bullets",
      heading: "Depends on",
      field: "dependsOn",
      part: atom("id"),
      example: "- BUILD_01",
    },
  ],
};
