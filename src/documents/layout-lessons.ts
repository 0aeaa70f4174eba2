import { atom, is, type Layout, text, word } from "./layout.ts";
import { type Lessons, lessonsSchema } from "./schema-lessons.ts";

/** `lessons.md`. */
export const lessonsLayout: Layout<Lessons> = {
  kind: "lessons",
  version: 1,
  schema: lessonsSchema,
  line: [is("Lessons")],
  example: "# Lessons",
  fields: [],
  body: null,
  sections: [
    {
      kind: "items",
      heading: "Learned",
      field: "lessons",
      required: true,
      line: [
        atom("id"),
        is(" ("),
        word("kind", lessonsSchema.shape.lessons.element.shape.kind.options),
        is("): "),
        text("lesson"),
      ],
      fields: [{ kind: "line", key: "from", parts: [text("provenance")] }],
      example: "- L-1 (coaching): Close files in `finally`\n  - from: review-01-1.md",
    },
  ],
};
