import type { ProjectContext } from "./schema-project-context.ts";

/** The context of a feature about which nothing has been written down yet. */
export const emptyProjectContext = (): ProjectContext => ({
  decisions: [],
  discoveries: [],
  notes: [],
  deviations: [],
  lessons: [],
  extraSections: [],
});
