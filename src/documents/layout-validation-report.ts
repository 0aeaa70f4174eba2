import { atom, code, type Field, flag, is, type Layout, text, word } from "./layout.ts";
import {
  severitySchema,
  type ValidationReport,
  validationReportSchema,
} from "./schema-validation-report.ts";

const claim = validationReportSchema.shape.claims.element.shape;

/** A quote that code can confirm, as two bullets. */
const evidence = (many: boolean): Field => ({
  kind: "group",
  field: "evidence",
  many,
  fields: [
    {
      kind: "line",
      key: "at",
      parts: [{ kind: "place", fields: ["path", "startLine", "endLine"] }],
    },
    { kind: "fence", key: "quote", field: "quote" },
  ],
});

/** `validation-N.md`. */
export const validationReportLayout: Layout<ValidationReport> = {
  kind: "validation-report",
  version: 1,
  schema: validationReportSchema,
  line: [is("Validation report")],
  example: "# Validation report\n\n- verdict: ready\n- plan: `<hash>`",
  fields: [
    {
      kind: "line",
      key: "verdict",
      parts: [word("verdict", validationReportSchema.shape.verdict.options)],
    },
    { kind: "line", key: "plan", parts: [code("planHash")] },
  ],
  body: null,
  sections: [
    { kind: "prose", heading: "Summary", field: "summary", example: "What was found." },
    {
      kind: "blocks",
      heading: "Findings",
      field: "findings",
      example: "### F-1 (major): The file has moved\n\n- proven: yes",
      block: {
        line: [
          atom("id"),
          is(" ("),
          word("severity", severitySchema.options),
          is("): "),
          text("title"),
        ],
        fields: [{ kind: "line", key: "proven", parts: [flag("proven")] }, evidence(true)],
        body: null,
        sections: [
          { kind: "prose", heading: "Detail", field: "detail", example: "What is wrong." },
          { kind: "prose", heading: "Suggestion", field: "suggestion", example: "What to do." },
        ],
        example: "### F-1 (major): The file has moved\n\n- proven: yes",
      },
    },
    {
      kind: "items",
      heading: "Claims",
      field: "claims",
      line: [
        atom("id"),
        is(" ("),
        word("kind", claim.kind.options),
        is(", "),
        word("verdict", claim.verdict.options),
        is("): "),
        text("text"),
      ],
      fields: [
        { kind: "line", key: "source", parts: [text("source")] },
        evidence(false),
        { kind: "line", key: "note", parts: [text("note")], absent: { note: "" } },
      ],
      example: "- C-1 (file-exists, true): `src/report.ts` exists\n  - source: BUILD_01.md",
    },
    {
      kind: "bullets",
      heading: "Changes",
      field: "changes",
      part: text("text"),
      example: "- BUILD_01 names the right path",
    },
  ],
};
