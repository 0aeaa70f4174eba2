import { expectFrom, reachOf } from "../codebase/blast/compare-blast.ts";
import { findBlastRadius } from "../codebase/blast/find-blast-radius.ts";
import type { Codebase } from "../codebase/codebase.ts";
import type { BuildSpec } from "../documents/schema-build-spec.ts";
import type { Foresight } from "../phases/review/compare-radius.ts";

/** What the code before the change says that a spec would reach: of every file that it changes and that is there. */
export function foresee(codebase: Codebase, spec: Pick<BuildSpec, "files">): Foresight {
  const paths = new Set(spec.files.map(({ path }) => path));
  const radii = [...paths].flatMap((path) => {
    // A name that is no file here might be that of a symbol.
    const found = codebase.file(path) === null ? null : findBlastRadius(codebase, path, { top: 1 });
    return found?.ok ? [found.value] : [];
  });
  return { asked: radii.length, expected: expectFrom(radii), reach: reachOf(radii) };
}
