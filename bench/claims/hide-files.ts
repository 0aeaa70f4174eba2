import type { Codebase } from "../../src/codebase/codebase.ts";

/** The codebase as it was before these files were written. */
export function hideFiles(codebase: Codebase, paths: readonly string[]): Codebase {
  if (paths.length === 0) return codebase;
  const isHidden = (path: string): boolean => paths.includes(path);
  const files = codebase.files.filter(({ path }) => !isHidden(path));
  return {
    commit: codebase.commit,
    made: codebase.made,
    files,
    graph: codebase.graph,
    packages: codebase.packages,
    history: codebase.history,
    file: (path) => (isHidden(path) ? null : codebase.file(path)),
    hasFolder: (path) => codebase.hasFolder(path),
    text: async (path) => (isHidden(path) ? null : await codebase.text(path)),
    symbolsNamed: (name) => codebase.symbolsNamed(name).filter(({ path }) => !isHidden(path)),
    grep: async (pattern, scope, limit) =>
      (await codebase.grep(pattern, scope, limit)).filter(({ path }) => !isHidden(path)),
    ownersOf: (path) => codebase.ownersOf(path),
  };
}
