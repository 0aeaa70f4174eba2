import { atom, codes, is, type Layout, type Section, text } from "./layout.ts";
import { type ProjectContext, projectContextSchema } from "./schema-project-context.ts";

const bullets = (heading: string, field: string, example: string): Section => ({
  kind: "bullets",
  heading,
  field,
  part: text("text"),
  example,
});

/** `context.md`. */
export const projectContextLayout: Layout<ProjectContext> = {
  kind: "project-context",
  version: 1,
  schema: projectContextSchema,
  line: [is("Project context")],
  example: "# Project context",
  fields: [],
  body: null,
  sections: [
    bullets("Decisions", "decisions", "- One command, two formats"),
    bullets("Discoveries", "discoveries", "- The report is also read by the site"),
    bullets("Notes", "notes", "- The writer is shared"),
    {
      kind: "items",
      heading: "Deviations",
      field: "deviations",
      line: [atom("spec"), is(" "), atom("step"), is(": "), text("what")],
      fields: [
        { kind: "line", key: "why", parts: [text("why")] },
        { kind: "line", key: "paths", parts: [codes("paths")], absent: { paths: [] } },
      ],
      example:
        "- BUILD_01 S-2: Changed the reader too\n  - why: it shared the type\n  - paths: `src/read.ts`",
    },
    bullets("Lessons", "lessons", "- Run the full suite before the last step"),
  ],
};
