import { projectContextLayout } from "./layout-project-context.ts";
import type { ProjectContext } from "./schema-project-context.ts";
import { writeDocument } from "./write-document.ts";

/** The canonical Markdown of a project context; `parseProjectContext` gives back its normal form. */
export const renderProjectContext = (value: ProjectContext): string =>
  writeDocument(projectContextLayout, value);
