import { type Result, succeed } from "../../shared/result.ts";
import type { BlastRadius } from "../blast-radius.ts";
import type { Codebase, FileRole, SourceFile } from "../codebase.ts";
import { rankForSeed } from "../rank/rank-for-seed.ts";
import { type CoChange, findCoChanges } from "./find-co-changes.ts";
import { findCoveringTests } from "./find-covering-tests.ts";
import { findImporters, type Importer } from "./find-importers.ts";
import { findPublicApi } from "./find-public-api.ts";
import { findTarget, type Target } from "./find-target.ts";

export type BlastOptions = {
  /** The request that the change is for, if there is one: it weighs in the ranking only. */
  query?: string | null;
  /** How many files are ranked; 20 unless said. */
  top?: number;
};

const most = { importers: 60, changes: 30, tests: 40, names: 60, hidden: 20 } as const;

/**
 * What a change of `target` (a path, `path#symbol`, or the name of a symbol) reaches. Same codebase, same answer. Failure: `bad-usage`
 * for a target that is not there, with the nearest that are.
 */
export function findBlastRadius(
  codebase: Codebase,
  target: string,
  { query = null, top = 20 }: BlastOptions = {},
): Result<BlastRadius> {
  const found = findTarget(codebase, target);
  if (!found.ok) return found;
  const { file, symbol } = found.value;
  const importers = findImporters(codebase, file, symbol);
  const changes = findCoChanges(codebase, file.path);
  const joined = findJoined(codebase, file, importers);
  const changesWith = changes.map((change) => ({ ...change, imports: joined.has(change.path) }));
  return succeed({
    target:
      symbol === null
        ? file.path
        : `${file.path}#${symbol.owner === null ? "" : `${symbol.owner}.`}${symbol.name}`,
    path: file.path,
    symbol: symbol?.name ?? null,
    importers: importers.slice(0, most.importers).map(({ direct: _, ...importer }) => importer),
    importersInAll: importers.length,
    importersDirectly: importers.filter(({ distance }) => distance === 1).length,
    changesWith: changesWith.slice(0, most.changes),
    hidden: changesWith
      .filter(({ path, imports }) => !imports && isCode(codebase, path))
      .map(({ path }) => path)
      .slice(0, most.hidden),
    tests: findCoveringTests(codebase, file, importers, changes).slice(0, most.tests),
    publicApi: findPublicApi(codebase, file, symbol).slice(0, most.names),
    owners: codebase.ownersOf(file.path),
    ranked: rankForSeed(codebase, file.path, query, { top }),
    notes: findNotes(codebase, found.value, changes),
  });
}

/** Files that an import joins with this one, either way and through files that hand on. */
function findJoined(
  codebase: Codebase,
  file: SourceFile,
  importers: readonly Importer[],
): ReadonlySet<string> {
  const joined = new Set(importers.filter(({ direct }) => direct).map(({ path }) => path));
  for (const { from } of codebase.graph.importersOf(file.path)) joined.add(from);
  let files = [file.path];
  for (let step = 0; step < 8 && files.length > 0; step += 1) {
    const edges = files.flatMap((path) => codebase.graph.importsOf(path));
    // From the file itself any import counts, from there on only what hands on.
    const reached = step === 0 ? edges : edges.filter(({ handsOn }) => handsOn);
    files = reached.map(({ to }) => to).filter((to) => !joined.has(to));
    for (const to of files) joined.add(to);
  }
  return joined;
}

const coded: ReadonlySet<FileRole> = new Set(["source", "configuration", "data"]);

/** That a document or a test changes with the code it tells of is no surprise. */
const isCode = (codebase: Codebase, path: string): boolean => {
  const role = codebase.file(path)?.role;
  return role !== undefined && coded.has(role);
};

function findNotes(
  codebase: Codebase,
  { file, symbol, also }: Target,
  changes: readonly CoChange[],
): string[] {
  const { history } = codebase;
  const own = history.commits.filter(({ paths }) => paths.includes(file.path)).length;
  return [
    history.shallow
      ? "The clone is shallow: what changed together before it is not known (`git fetch --unshallow` brings it)."
      : "",
    history.commits.length === 0
      ? "There are no commits to learn from: nothing is said of what changes together."
      : own < 3 && changes.length === 0
        ? `The file changed in ${own === 1 ? "one commit" : `${own} commits`}: too few to tell what changes with it.`
        : "",
    symbol === null ? "" : "What changes together is known of the whole file, not of the symbol.",
    also.length === 0
      ? ""
      : `The name is also declared in ${also
          .slice(0, 3)
          .map((one) => `${one.path}:${one.line}`)
          .join(", ")}${also.length > 3 ? ` and ${also.length - 3} more places` : ""}.`,
    file.role === "generated" || file.role === "vendored"
      ? `The file is ${file.role}: whatever makes it would change.`
      : "",
    file.language === null && file.imports.length === 0
      ? "Imports of files of this kind are not read."
      : "",
  ].filter((note) => note !== "");
}
