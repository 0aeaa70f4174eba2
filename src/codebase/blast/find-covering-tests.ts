import type { Codebase, SourceFile } from "../codebase.ts";
import { folderOf, nameOf, sharedDepth } from "../graph/place.ts";
import type { CoChange } from "./find-co-changes.ts";
import type { Importer } from "./find-importers.ts";

export type CoveringTest = { path: string; why: "imports" | "named" | "changes-with" };

/** Tests that reach a file: those named after it, those that import it (also through files that hand on), those that change with it. */
export function findCoveringTests(
  codebase: Codebase,
  file: SourceFile,
  importers: readonly Importer[],
  changes: readonly CoChange[],
): CoveringTest[] {
  const isTest = (path: string): boolean =>
    path !== file.path && codebase.file(path)?.role === "test";
  const importing = importers
    .filter(({ path, direct }) => direct && isTest(path))
    .map(({ path }) => path);
  const named = findNamed(codebase, file);
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

/** What a file is called without endings and the marks of a test, with `-` and `_` alike. */
const bare = (name: string): string =>
  name
    .replace(/\.[^.]+$/, "")
    .replace(/(?:[._-](?:test|tests|spec|specs|e2e|unittest))+$/i, "")
    .replace(/(?<=[a-z0-9])(?:Tests?|TestCase|IT|Spec)$/, "")
    .replace(/^test[_.-]/i, "")
    .replace(/^Test(?=[A-Z])/, "")
    .replace(/\.(?:d|vue)$/, "")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();

/** Names that every folder has: the folder's own says more. */
const common =
  /^(?:index|main|mod|lib|init|types?|utils?|helpers?|models?|views?|base|common|config)$/;

/** Names that a test of a file may have: the file's, with its folders before it; of a name that says little the folder's. */
function testNames(path: string): ReadonlySet<string> {
  const stem = bare(nameOf(path));
  const folder = bare(nameOf(folderOf(path)));
  const parent = bare(nameOf(folderOf(folderOf(path))));
  const withFolders = [folder + stem, parent + folder + stem];
  return new Set(
    common.test(stem) ? [folder, parent + folder, ...withFolders] : [stem, ...withFolders],
  );
}

/** Tests called as the file is, but not those that lie nearer to another file of that name. */
function findNamed(codebase: Codebase, file: SourceFile): string[] {
  const names = testNames(file.path);
  if (file.role !== "source" || names.has("")) return [];
  const stem = bare(nameOf(file.path));
  const rivals = codebase.files.filter(
    ({ path, role }) => role === "source" && path !== file.path && bare(nameOf(path)) === stem,
  );
  const mirrored = new Set(
    codebase.files.flatMap(({ path, role }) => (role === "source" ? [mirrorOf(path)] : [])),
  );
  const own = mirrorOf(file.path);
  return codebase.files
    .filter(({ path, role, language }) => {
      if (role !== "test" || language === null || !names.has(bare(nameOf(path)))) return false;
      // A test that mirrors another folder of the product is of something there.
      const mirror = mirrorOf(path);
      if (mirrored.has(mirror) && !`${own}/`.startsWith(mirror === "" ? "" : `${mirror}/`))
        return false;
      const close = closeness(path, file.path);
      return rivals.every((rival) => closeness(path, rival.path) <= close);
    })
    .map(({ path }) => path);
}

const mirrorOf = (path: string): string => folderOf(withoutTree(path));

const closeness = (test: string, path: string): number =>
  sharedDepth(withoutTree(test), withoutTree(path));

/** `test/a/b` mirrors `src/a/b`. */
const withoutTree = (path: string): string =>
  path
    .replace(/(^|\/)(?:src|lib|tests?|__tests__|specs?|main|java|kotlin|python)(?=\/)/g, "$1.")
    .replace(/(?:\.\/)+/g, "");
