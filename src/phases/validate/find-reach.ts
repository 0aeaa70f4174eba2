import { findBlastRadius } from "../../codebase/blast/find-blast-radius.ts";
import type { BlastRadius } from "../../codebase/blast-radius.ts";
import type { Codebase } from "../../codebase/codebase.ts";
import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import { renderReach } from "./render-reach.ts";

/** Paths that a plan changes and that are there to be changed. */
export const listTouched = (specs: readonly BuildSpec[]): string[] => [
  ...new Set(
    specs.flatMap((spec) =>
      spec.files.filter((file) => file.action !== "create").map((file) => file.path),
    ),
  ),
];

/** What a change of the specs' files reaches, as Markdown: a sentence, a table and a drawing. Empty where nothing is there to change. */
export function findReach(specs: readonly BuildSpec[], codebase: Codebase): string {
  const radii = listTouched(specs).flatMap((path): BlastRadius[] => {
    if (codebase.file(path) === null) return [];
    const found = findBlastRadius(codebase, path);
    return found.ok ? [found.value] : [];
  });
  return renderReach(radii, new Set(specs.flatMap(({ files }) => files.map(({ path }) => path))));
}
