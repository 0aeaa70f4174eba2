import {
  atom,
  code,
  flag,
  is,
  type Layout,
  number,
  type Section,
  text,
  whole,
  word,
} from "./layout.ts";
import {
  criterionVerdictSchema,
  gateSchema,
  proofSchema,
  type ReviewReport,
  reviewReportSchema,
  rubricNames,
} from "./schema-review-report.ts";
import { severitySchema } from "./schema-validation-report.ts";

const paths = (heading: string, field: string): Section => ({
  kind: "bullets",
  heading,
  field,
  part: code("path"),
  example: "- `src/report.ts`",
});

const findings: Section = {
  kind: "blocks",
  heading: "Findings",
  field: "findings",
  example: "### F-1 (major): The exit code is lost",
  block: {
    line: [
      atom("id"),
      is(" ("),
      word("severity", severitySchema.options),
      is("): "),
      text("title"),
    ],
    fields: [
      { kind: "line", key: "path", parts: [code("path")], absent: { path: null } },
      { kind: "line", key: "line", parts: [whole("line")], absent: { line: null } },
      { kind: "line", key: "criterion", parts: [atom("criterion")], absent: { criterion: null } },
    ],
    body: "detail",
    sections: [],
    example: "### F-1 (major): The exit code is lost",
  },
};

const criteria: Section = {
  kind: "items",
  heading: "Criteria",
  field: "criteria",
  line: [
    atom("id"),
    is(" ("),
    word("level", criterionVerdictSchema.shape.level.options),
    is(", "),
    word("verdict", criterionVerdictSchema.shape.verdict.options),
    is("): "),
    text("text"),
  ],
  fields: [
    { kind: "line", key: "note", parts: [text("note")], absent: { note: "" } },
    {
      kind: "group",
      field: "proofs",
      many: true,
      fields: [
        { kind: "line", key: "proof", parts: [word("kind", proofSchema.shape.kind.options)] },
        {
          kind: "line",
          key: "at",
          parts: [{ kind: "place", fields: ["path", "startLine", "endLine"] }],
          absent: { path: "", startLine: 0, endLine: 0 },
        },
        { kind: "line", key: "confirmed", parts: [flag("confirmed")] },
        { kind: "line", key: "because", parts: [text("note")], absent: { note: "" } },
        { kind: "fence", key: "text", field: "text" },
      ],
    },
  ],
  example:
    "- AC-1 (must, met): prints JSON\n  - proof: command\n  - confirmed: yes\n  - text:\n    ```text\n    unit\n    ```",
};

/** `review-NN-K.md`; its tables reproduce the score. */
export const reviewReportLayout: Layout<ReviewReport> = {
  kind: "review-report",
  version: 1,
  schema: reviewReportSchema,
  line: [is("Review of "), atom("spec")],
  example: "# Review of BUILD_01",
  fields: [
    {
      kind: "line",
      key: "score",
      parts: [whole("score"), is(" of 100, passes at "), whole("threshold")],
    },
    {
      kind: "line",
      key: "verdict",
      parts: [word("verdict", reviewReportSchema.shape.verdict.options)],
    },
    { kind: "line", key: "attempt", parts: [whole("attempt")] },
    { kind: "line", key: "round", parts: [whole("round")] },
    { kind: "line", key: "base", parts: [code("base")] },
    { kind: "line", key: "head", parts: [code("head")] },
    {
      kind: "line",
      key: "acceptance",
      parts: [number("acceptancePoints"), is(" of "), whole("acceptanceWeight")],
    },
  ],
  body: null,
  sections: [
    { kind: "prose", heading: "Summary", field: "summary", example: "What was found." },
    {
      kind: "table",
      heading: "Rubric",
      field: "rubric",
      columns: [
        { title: "Name", part: word("name", rubricNames) },
        { title: "Level", part: whole("level") },
        { title: "Weight", part: whole("weight") },
        { title: "Points", part: number("points") },
        { title: "Note", part: text("note") },
      ],
      example:
        "| Name | Level | Weight | Points | Note |\n| --- | --- | --- | --- | --- |\n| style | 3 | 10 | 7.5 | |",
    },
    {
      kind: "table",
      heading: "Gates",
      field: "gates",
      columns: [
        { title: "Gate", part: word("gate", gateSchema.shape.gate.options) },
        { title: "Cap", part: whole("cap") },
        { title: "Detail", part: text("detail") },
      ],
      example: "| Gate | Cap | Detail |\n| --- | --- | --- |\n| red-checkpoint | 59 | unit |",
    },
    criteria,
    findings,
    {
      kind: "table",
      heading: "Checkpoints",
      field: "checkpoints",
      columns: [
        { title: "Name", part: text("name") },
        { title: "Command", part: code("command") },
        { title: "Passed", part: flag("passed") },
        { title: "Seconds", part: number("seconds") },
      ],
      example:
        "| Name | Command | Passed | Seconds |\n| --- | --- | --- | --- |\n| unit | `npm test` | yes | 3.2 |",
    },
    paths("Files read", "filesRead"),
    paths("Files not read", "filesUnread"),
  ],
};
