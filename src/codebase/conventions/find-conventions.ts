import type { Codebase } from "../codebase.ts";
import type { BaseClass } from "../found.ts";
import { type Convention, count, printableName, showPlace } from "./convention.ts";
import { findBaseClasses } from "./find-base-classes.ts";
import { findErrorStyle } from "./find-error-style.ts";
import { describeFolders, findFolderRoles } from "./find-folder-roles.ts";
import { findImportStyle } from "./find-import-style.ts";
import { findLoggingStyle } from "./find-logging-style.ts";
import { findFileNames, findSymbolNames } from "./find-name-conventions.ts";
import { describeTestLayout, findTestTools } from "./find-test-conventions.ts";
import { findTestLayout } from "./find-test-layout.ts";
import type { Labelled } from "./label-file.ts";

const nothing: ReadonlySet<string> = new Set();

/**
 * How this repository does things, each with how many places do so and one of them. `found` says which files hold routes, tables and
 * scripts where that was searched for; folders are described by it. Same codebase, same answer.
 */
export async function findConventions(
  codebase: Codebase,
  found: Labelled = { routes: nothing, tables: nothing, executables: nothing },
): Promise<Convention[]> {
  return [
    ...describeTestLayout(findTestLayout(codebase)),
    ...findTestTools(codebase),
    ...findFileNames(codebase),
    ...findSymbolNames(codebase),
    ...(await findErrorStyle(codebase)),
    ...(await findLoggingStyle(codebase)),
    ...findImportStyle(codebase),
    ...describeBases(codebase, findBaseClasses(codebase)),
    ...describeFolders(findFolderRoles(codebase, found), codebase.packages),
  ];
}

const mostBases = 5;

/** Classes that others extend: a new one of the kind probably should too (seed 000, "Framework Integration Gap"). */
function describeBases(codebase: Codebase, bases: readonly BaseClass[]): Convention[] {
  return bases
    .filter(({ path }) => codebase.file(path)?.role === "source")
    .slice(0, mostBases)
    .map((base): Convention => {
      const [example] = base.subclasses;
      const shown = example
        ? `, for example \`${printableName(example.name)}\` at ${showPlace(example)}`
        : "";
      const agree = base.subclasses.length;
      return {
        kind: "base-class",
        language: codebase.file(base.path)?.language ?? null,
        custom: base.name,
        agree,
        of: agree,
        place: { path: base.path, line: base.line, text: base.signature },
        sentence: `\`${printableName(base.name)}\` at ${showPlace(base)} is extended by ${count(agree, "class", "classes")}${shown}.`,
      };
    });
}
