import type { Parsed } from "./fault.ts";
import { findIdProblems } from "./find-id-problems.ts";
import { lessonsLayout } from "./layout-lessons.ts";
import { readDocument } from "./read-document.ts";
import type { Lessons } from "./schema-lessons.ts";

/** The lessons that a Markdown text holds, or every fault in it with its position. */
export const parseLessons = (markdown: string): Parsed<Lessons> =>
  readDocument(markdown, lessonsLayout, ({ lessons }) =>
    findIdProblems(lessons, ["lessons"], "L-1"),
  );
