import {
  atom,
  atoms,
  type Block,
  box,
  code,
  codes,
  is,
  type Layout,
  type Section,
  text,
  word,
} from "./layout.ts";
import { adrSchema, type Design, designSchema } from "./schema-design.ts";

const roadmap = designSchema.shape.roadmap.element.shape;
const checklist = designSchema.shape.checklist.element.shape;
const risk = designSchema.shape.risks.element.shape;

/** One decision: a section of the design, and a file of its own. */
export const adrBlock: Block = {
  line: [
    atom("id"),
    is(" ("),
    word("status", adrSchema.shape.status.options),
    is("): "),
    text("title"),
  ],
  fields: [],
  body: null,
  sections: [
    { kind: "prose", heading: "Context", field: "context", example: "Why a decision is needed." },
    { kind: "prose", heading: "Decision", field: "decision", example: "What is decided." },
    {
      kind: "items",
      heading: "Alternatives",
      field: "alternatives",
      line: [text("option")],
      fields: [{ kind: "line", key: "why", parts: [text("why")] }],
      example: "- A second command\n  - why: two places to look",
    },
    {
      kind: "bullets",
      heading: "Consequences",
      field: "consequences",
      part: text("text"),
      example: "- One more option to document",
    },
  ],
  example: "### ADR-001 (accepted): One command, two formats",
};

/** The risk register: a section of the design, and a file of its own. */
export const risksSection: Section = {
  kind: "table",
  heading: "Risks",
  field: "risks",
  columns: [
    { title: "ID", part: atom("id") },
    { title: "Risk", part: text("risk") },
    { title: "Probability", part: word("probability", risk.probability.options) },
    { title: "Impact", part: word("impact", risk.impact.options) },
    { title: "Mitigation", part: text("mitigation") },
    { title: "Owner", part: text("owner", true) },
  ],
  example:
    "| ID | Risk | Probability | Impact | Mitigation | Owner |\n| --- | --- | --- | --- | --- | --- |\n| RISK-1 | Readers parse text | low | high | keep it the default | |",
};

const plain = (heading: string, field: string, example: string): Section => ({
  kind: "bullets",
  heading,
  field,
  part: text("text"),
  example,
});

/** `design.md`. */
export const designLayout: Layout<Design> = {
  kind: "design",
  version: 1,
  schema: designSchema,
  line: [text("title")],
  example: "# Reports as JSON",
  fields: [],
  body: null,
  sections: [
    {
      kind: "prose",
      heading: "Summary",
      field: "summary",
      required: true,
      example: "What will be true, and why this way.",
    },
    {
      kind: "table",
      heading: "Components",
      field: "components",
      columns: [
        { title: "Component", part: text("name") },
        { title: "Responsibility", part: text("responsibility") },
        { title: "Paths", part: codes("paths") },
      ],
      example:
        "| Component | Responsibility | Paths |\n| --- | --- | --- |\n| Report | prints | `src/report.ts` |",
    },
    {
      kind: "fence",
      heading: "Data flow",
      field: "dataFlow",
      info: "mermaid",
      example: "```mermaid\nflowchart LR\n  a --> b\n```",
    },
    {
      kind: "items",
      heading: "Interfaces",
      field: "interfaces",
      line: [code("name"), is(": "), text("description")],
      fields: [{ kind: "fence", key: "signature", field: "signature" }],
      example:
        "- `report`: prints a report\n  - signature:\n    ```text\n    report(files: string[]): string\n    ```",
    },
    {
      kind: "blocks",
      heading: "Decisions",
      field: "adrs",
      block: adrBlock,
      example: "### ADR-001 (accepted): One command, two formats",
    },
    {
      kind: "table",
      heading: "Roadmap",
      field: "roadmap",
      columns: [
        { title: "ID", part: atom("id") },
        { title: "Task", part: text("task") },
        { title: "Depends on", part: atoms("dependsOn") },
        { title: "Complexity", part: word("complexity", roadmap.complexity.options) },
        { title: "Spec", part: text("spec") },
      ],
      example:
        "| ID | Task | Depends on | Complexity | Spec |\n| --- | --- | --- | --- | --- |\n| R-1 | Print JSON | none | simple | BUILD_01 |",
    },
    {
      kind: "items",
      heading: "Checklist",
      field: "checklist",
      line: [
        box("done"),
        is(" "),
        word("priority", checklist.priority.options),
        is(": "),
        text("item"),
      ],
      fields: [],
      example: "- [ ] critical: the default output stays",
    },
    {
      kind: "table",
      heading: "Success metrics",
      field: "metrics",
      columns: [
        { title: "Metric", part: text("metric") },
        { title: "Target", part: text("target") },
        { title: "Measurement", part: text("measurement") },
      ],
      example:
        "| Metric | Target | Measurement |\n| --- | --- | --- |\n| Start-up | below 100 ms | bench |",
    },
    risksSection,
    plain("Assumptions", "assumptions", "- Node 24 is there"),
    plain("Open questions", "openQuestions", "- Is YAML wanted as well?"),
    plain("Out of scope", "outOfScope", "- Other commands"),
  ],
};
