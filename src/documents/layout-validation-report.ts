import {
  atom,
  code,
  type Field,
  flag,
  is,
  type Layout,
  type Section,
  text,
  whole,
  word,
} from "./layout.ts";
import {
  checkSchema,
  gapSchema,
  severitySchema,
  type ValidationReport,
  validationReportSchema,
} from "./schema-validation-report.ts";

const claim = validationReportSchema.shape.claims.element.shape;
const gap = gapSchema.shape;
const check = checkSchema.shape;

/** Sections that reports of earlier versions do not have come back empty. */
const gaps: Section = {
  kind: "items",
  heading: "Completeness",
  field: "gaps",
  line: [
    word("lens", gap.lens.options),
    is(" ("),
    word("severity", gap.severity.options),
    is("): "),
    text("text"),
  ],
  fields: [{ kind: "line", key: "at", parts: [{ kind: "place", fields: ["source", "line"] }] }],
  example: "- safeguards (minor): no way back is said\n  - at: `BUILD_01.md:40`",
};

const checks: Section = {
  kind: "items",
  heading: "Checks",
  field: "checks",
  line: [word("name", check.name.options), is(" ("), word("state", check.state.options), is(")")],
  fields: [
    { kind: "line", key: "tier", parts: [atom("tier", true)], absent: { tier: null } },
    { kind: "line", key: "model", parts: [code("model", true)], absent: { model: null } },
    { kind: "line", key: "micros", parts: [whole("micros", true)], absent: { micros: null } },
    { kind: "texts", key: "escalated", field: "escalated" },
    { kind: "line", key: "note", parts: [text("note")], absent: { note: "" } },
  ],
  example:
    "- patterns (done)\n  - tier: small\n  - model: `anthropic:claude-haiku-5-5`\n  - micros: 1200",
};

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
    gaps,
    checks,
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
        fields: [
          { kind: "line", key: "proven", parts: [flag("proven")] },
          { kind: "line", key: "check", parts: [atom("check", true)], absent: { check: null } },
          { kind: "line", key: "sure", parts: [flag("sure")], absent: { sure: true } },
          evidence(true),
        ],
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
    {
      kind: "items",
      heading: "Put right",
      field: "mended",
      line: [text("text")],
      fields: [
        { kind: "line", key: "source", parts: [text("source")] },
        { kind: "line", key: "note", parts: [text("note")], absent: { note: "" } },
      ],
      example: "- `src/b.ts` is new\n  - source: BUILD_01.md\n  - note: it exists already",
    },
    {
      kind: "fence",
      heading: "Difference",
      field: "difference",
      info: "diff",
      example: "```diff\n-- modify `src/a.ts`: x\n+- modify `src/b.ts`: x\n```",
    },
    {
      kind: "prose",
      heading: "Blast radius",
      field: "blastRadius",
      example: "Two files import what changes.",
    },
  ],
};
