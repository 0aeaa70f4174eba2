import type { BuildSpec } from "../documents/schema-build-spec.ts";
import type { ProjectContext } from "../documents/schema-project-context.ts";
import { isLockFile } from "./is-lock-file.ts";

/**
 * Changed paths that neither the spec names nor a deviation records. A lock file is covered by a spec that lists dependencies.
 * Paths of a deviation are taken to the letter: a pattern in one covers nothing.
 */
export function findUndeclared(
  changed: readonly string[],
  spec: Pick<BuildSpec, "files" | "dependencies">,
  deviations: ProjectContext["deviations"],
): string[] {
  const declared = new Set([
    ...spec.files.flatMap(({ path, to }) => (to === null ? [path] : [path, to])),
    ...deviations.flatMap(({ paths }) => paths),
  ]);
  const dependenciesMayChange = spec.dependencies.length > 0;
  return changed.filter(
    (path) => !declared.has(path) && !(dependenciesMayChange && isLockFile(path)),
  );
}
