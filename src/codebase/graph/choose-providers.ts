import type { CodeSymbol, SourceFile } from "../codebase.ts";
import type { Mentions } from "./mentions.ts";
import type { Target } from "./place.ts";
import { topSymbols } from "./top-symbols.ts";

const all = ["*"];

/**
 * Of the files that an import of a whole package or namespace means, those that declare something the importing file names; all of
 * them, without names, where none can be told.
 */
export function chooseProviders(
  from: SourceFile,
  files: readonly SourceFile[],
  names: readonly string[],
  mentions: Mentions,
): Target[] {
  const others = files.filter((file) => file.path !== from.path);
  const wanted = new Set(names.filter((name) => /^\w/.test(name)));
  const isUsed = (symbol: CodeSymbol): boolean => {
    if (!symbol.exported) return false;
    if (wanted.has(symbol.name)) return true;
    return mentions.isTelling(symbol) && mentions.has(from, symbol.name);
  };
  const found = others.flatMap((file) => {
    const used = new Set(
      topSymbols(file)
        .filter(isUsed)
        .map(({ name }) => name),
    );
    return used.size === 0 ? [] : [{ path: file.path, names: [...used] }];
  });
  return found.length > 0 ? found : others.map(({ path }) => ({ path, names: all }));
}
