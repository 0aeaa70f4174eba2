import type { Codebase, SourceFile } from "../codebase.ts";
import type { CoChange } from "./find-co-changes.ts";
import type { Importer } from "./find-importers.ts";
import { findNamedTests } from "./find-named-tests.ts";

export type CoveringTest = { path: string; why: "imports" | "named" | "changes-with" };

/**
 * Tests that reach a file: those named after it, those that import it (also through files that hand on; where there are none, those that
 * import its importers), those that change with it.
 */
export function findCoveringTests(
  codebase: Codebase,
  file: SourceFile,
  importers: readonly Importer[],
  changes: readonly CoChange[],
): CoveringTest[] {
  const isTest = (path: string): boolean =>
    path !== file.path && codebase.file(path)?.role === "test";
  const testing = importers.filter(({ path }) => isTest(path));
  const named = findNamedTests(codebase, file);
  const near = testing.filter(({ direct }) => direct);
  // Only where nothing tests it itself do tests of what imports it count.
  const importing = (near.length + named.length > 0 ? near : testing).map(({ path }) => path);
  const changing = changes.map(({ path }) => path).filter(isTest);
  const both = new Set(named.filter((path) => importing.includes(path)));
  const ordered: CoveringTest[] = [
    ...[...both].map((path) => ({ path, why: "imports" as const })),
    ...named.map((path) => ({ path, why: "named" as const })),
    ...importing.map((path) => ({ path, why: "imports" as const })),
    ...changing.map((path) => ({ path, why: "changes-with" as const })),
  ];
  const seen = new Set<string>();
  return ordered.filter(({ path }) => !seen.has(path) && seen.add(path));
}
