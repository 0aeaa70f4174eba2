import type { Parsed } from "./fault.ts";
import { findDesignProblems } from "./find-design-problems.ts";
import { designLayout } from "./layout-design.ts";
import { readDocument } from "./read-document.ts";
import type { Design } from "./schema-design.ts";

/** The design that a Markdown text holds, or every fault in it with its position. */
export const parseDesign = (markdown: string): Parsed<Design> =>
  readDocument(markdown, designLayout, findDesignProblems);
