import { distance } from "fastest-levenshtein";
import type { Codebase, CodeSymbol } from "../codebase/codebase.ts";
import { compare, type Described, describeName, farthest } from "./find-nearest.ts";

/** Every name that is declared, once, with its first declaration: of the product before those of tests. */
type Names = {
  symbols: readonly CodeSymbol[];
  names: readonly (Described & { symbol: CodeSymbol })[];
};

const known = new WeakMap<Codebase, Names>();

function namesOf(codebase: Codebase): Names {
  const before = known.get(codebase);
  if (before !== undefined) return before;
  const files = [
    ...codebase.files.filter((file) => file.role === "source"),
    ...codebase.files.filter((file) => file.role !== "source"),
  ];
  const symbols = files.flatMap((file) => [...file.symbols]);
  const first = new Map<string, CodeSymbol>();
  for (const symbol of symbols) if (!first.has(symbol.name)) first.set(symbol.name, symbol);
  const names = [...first].map(([name, symbol]) => ({ ...describeName(name), symbol }));
  const found = { symbols, names };
  known.set(codebase, found);
  return found;
}

/** All declarations, of the product before those of tests, in the order of paths and lines. */
export const allSymbols = (codebase: Codebase): readonly CodeSymbol[] => namesOf(codebase).symbols;

/** The nearest of a few declarations, or null where none is near. */
export function nearestOf(name: string, symbols: readonly CodeSymbol[]): CodeSymbol | null {
  const names = symbols.map((symbol) => ({ ...describeName(symbol.name), symbol }));
  return nearestAmong(name, names);
}

/** The declaration that was probably meant; one of `prefer` where one of them is near. */
export const nearestSymbol = (
  name: string,
  codebase: Codebase,
  prefer: readonly CodeSymbol[] = [],
): CodeSymbol | null => nearestOf(name, prefer) ?? nearestAmong(name, namesOf(codebase).names);

function nearestAmong(name: string, names: Names["names"]): CodeSymbol | null {
  const wanted = describeName(name);
  let best: CodeSymbol | null = null;
  let least = farthest;
  for (const one of names) {
    const far = compare(wanted, one, least);
    if (far < least) {
      least = far;
      best = one.symbol;
    }
  }
  return best;
}

/** A declaration of which the name is surely a slip: a letter or two, or the same words in another form. */
export function findSlip(name: string, codebase: Codebase): CodeSymbol | null {
  const wanted = describeName(name);
  const found = namesOf(codebase).names.find((one) => {
    if (one.name === name) return false;
    if (one.joined === wanted.joined) return true;
    const longest = Math.max(name.length, one.name.length);
    const most = longest >= 10 ? 2 : 1;
    if (longest < 6 || Math.abs(name.length - one.name.length) > most) return false;
    return distance(name, one.name) <= most;
  });
  return found?.symbol ?? null;
}
