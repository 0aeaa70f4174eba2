import { lessonsLayout } from "./layout-lessons.ts";
import { normalizeDocument } from "./normalize-document.ts";
import type { Lessons } from "./schema-lessons.ts";

/** What Markdown carries of any value of the schema; see `normalizeDocument`. Idempotent. */
export const normalizeLessons = (value: Lessons): Lessons =>
  lessonsLayout.schema.parse(normalizeDocument(lessonsLayout, value));
