import type { Breach } from "../../constraints/constraint.ts";

/** Breaches that no person dismissed, by the constraint's id, by the title of the finding, or by the path. */
export const keepBreaches = (
  breaches: readonly Breach[],
  dismissed: ReadonlySet<string>,
): Breach[] =>
  breaches.filter(
    ({ constraint, path }) =>
      !dismissed.has(constraint.id) &&
      !dismissed.has(path) &&
      !dismissed.has(`${constraint.id} of ${constraint.path} is broken`),
  );
