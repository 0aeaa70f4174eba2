import { lessonsLayout } from "./layout-lessons.ts";
import type { Lessons } from "./schema-lessons.ts";
import { writeDocument } from "./write-document.ts";

/** The canonical Markdown of a lessons; `parseLessons` gives back its normal form. */
export const renderLessons = (value: Lessons): string => writeDocument(lessonsLayout, value);
