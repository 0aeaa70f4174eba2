import type { CodeSymbol, SourceFile } from "../codebase.ts";

const known = new WeakMap<SourceFile, readonly CodeSymbol[]>();

/** What a file declares for others: at its top, or directly in a module or namespace, which are no things themselves. */
export function topSymbols(file: SourceFile): readonly CodeSymbol[] {
  const before = known.get(file);
  if (before !== undefined) return before;
  const modules = new Set<string>();
  for (const { kind, name } of file.symbols) if (kind === "module") modules.add(name);
  const found = file.symbols.filter(
    ({ kind, owner }) => kind !== "module" && (owner === null || modules.has(owner)),
  );
  known.set(file, found);
  return found;
}
