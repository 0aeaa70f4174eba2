import type { Parsed } from "./fault.ts";
import { projectContextLayout } from "./layout-project-context.ts";
import { readDocument } from "./read-document.ts";
import type { ProjectContext } from "./schema-project-context.ts";

/** The project context that a Markdown text holds, or every fault in it with its position. */
export const parseProjectContext = (markdown: string): Parsed<ProjectContext> =>
  readDocument(markdown, projectContextLayout, () => []);
