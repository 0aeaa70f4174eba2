import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { ProjectContext } from "../../documents/schema-project-context.ts";

/** Changed paths that neither the spec names nor a deviation records nor the harness owns. */
export function findUndeclared(
  changed: readonly string[],
  spec: Pick<BuildSpec, "files">,
  deviations: ProjectContext["deviations"],
  owned: readonly string[],
): string[] {
  const declared = new Set([
    ...spec.files.flatMap(({ path, to }) => (to === null ? [path] : [path, to])),
    ...deviations.flatMap(({ paths }) => paths),
    ...owned,
  ]);
  return changed.filter((path) => !declared.has(path));
}
