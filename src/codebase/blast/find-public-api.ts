import type { Codebase, CodeSymbol, Package, SourceFile } from "../codebase.ts";
import { findEntryFiles } from "../graph/find-entry-files.ts";
import { foldersAbove, nameOf, within } from "../graph/place.ts";
import { topSymbols } from "../graph/top-symbols.ts";

export type PublicName = { name: string; line: number; through: string | null };

const steps = 12;

/**
 * Exported names of a file (or the one symbol), and the entry of a package through which others get them: the file itself where it
 * is one. Null where no entry was seen to hand the name on.
 */
export function findPublicApi(
  codebase: Codebase,
  file: SourceFile,
  symbol: CodeSymbol | null,
): PublicName[] {
  if (file.role === "test") return [];
  const asked = symbol === null ? topSymbols(file) : [symbol];
  const exported = asked.filter((one) => one.exported);
  if (exported.length === 0) return [];
  const entries = findEntries(codebase, file);
  const seen = new Set<string>();
  return exported
    .filter(({ name }) => !seen.has(name) && seen.add(name))
    .map(({ name, line, owner }) => ({
      name,
      line,
      through: findThrough(codebase, entries, file.path, owner ?? name),
    }));
}

/** Files through which others get at a package; `itself` where a pattern of the manifest hands the file out as it is. */
function findEntries(codebase: Codebase, file: SourceFile): { files: string[]; itself: boolean } {
  if (file.language === "python") {
    return { files: findPackageFiles(codebase, file.path), itself: false };
  }
  if (file.language === "go") return { files: isInternal(file) ? [] : [file.path], itself: false };
  const entries = findPackages(codebase, file.path).map((one) => findEntryFiles(codebase, one));
  return {
    files: entries.flatMap(({ files }) => files),
    itself: entries.some((one) => one.has(file.path)),
  };
}

/** Go: whatever is exported may be imported, but not below `internal` and not of a program. */
const isInternal = ({ path, symbols }: SourceFile): boolean =>
  /(?:^|\/)(?:internal|cmd)\//.test(path) ||
  symbols.some(({ name, owner }) => name === "main" && owner === null);

/** Packages of the nearest folder above that has any. */
function findPackages(codebase: Codebase, path: string): readonly Package[] {
  for (const folder of foldersAbove(path)) {
    const found = codebase.packages.filter((one) => one.folder === folder);
    if (found.length > 0) return found;
  }
  return [];
}

/** Files that make the Python packages around a module, the outermost first. */
function findPackageFiles(codebase: Codebase, path: string): string[] {
  const found: string[] = [];
  for (const folder of foldersAbove(path)) {
    const init = within(folder, "__init__.py");
    if (codebase.file(init) === null) break;
    found.unshift(init);
  }
  return nameOf(path) === "__init__.py" ? [path, ...found] : found;
}

/** The first entry that hands a name on, or is its place. */
function findThrough(
  codebase: Codebase,
  { files, itself }: ReturnType<typeof findEntries>,
  path: string,
  name: string,
): string | null {
  if (files.includes(path)) return path;
  const entry = files.find((one) => handsOn(codebase, one, path, name));
  return entry ?? (itself ? path : null);
}

function handsOn(codebase: Codebase, entry: string, path: string, name: string): boolean {
  const seen = new Set([entry]);
  let files = [entry];
  for (let step = 0; step < steps && files.length > 0; step += 1) {
    const edges = files
      .flatMap((from) => codebase.graph.importsOf(from))
      .filter(
        (edge) =>
          edge.handsOn &&
          edge.names.some((one) => one === "*" || one === name || one === "default"),
      );
    if (edges.some(({ to }) => to === path)) return true;
    files = edges.map(({ to }) => to).filter((to) => !seen.has(to));
    for (const to of files) seen.add(to);
  }
  return false;
}
