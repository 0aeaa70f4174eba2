import { projectContextLayout } from "./layout-project-context.ts";
import { normalizeDocument } from "./normalize-document.ts";
import type { ProjectContext } from "./schema-project-context.ts";

/** What Markdown carries of any value of the schema; see `normalizeDocument`. Idempotent. */
export const normalizeProjectContext = (value: ProjectContext): ProjectContext =>
  projectContextLayout.schema.parse(normalizeDocument(projectContextLayout, value));
