import { distance } from "fastest-levenshtein";
import type { Codebase, CodeSymbol } from "../codebase/codebase.ts";
import { span } from "./write-text.ts";

/** Words of a name: `fetchUser`, `fetch_user` and `FETCH-USER` have the same two. */
export const wordsOf = (name: string): string[] =>
  name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");

/** 0 is the same name, 1 has nothing in common: letters or whole words, whichever are nearer. */
export function farness(left: string, right: string): number {
  const one = left.toLowerCase().slice(0, 200);
  const other = right.toLowerCase().slice(0, 200);
  const letters = distance(one, other) / Math.max(one.length, other.length, 1);
  const words = new Set(wordsOf(left));
  const others = new Set(wordsOf(right));
  const shared = [...words].filter((word) => others.has(word)).length;
  const apart = 1 - shared / Math.max(words.size, others.size, 1);
  return Math.min(letters, apart === 0 ? 0.05 : apart);
}

/** Whether one name was surely meant for the other: a letter or two, or the same words in another form. */
export function isSlip(left: string, right: string): boolean {
  if (left === right) return false;
  if (wordsOf(left).join() === wordsOf(right).join()) return true;
  const longest = Math.max(left.length, right.length);
  return longest >= 6 && distance(left, right) <= (longest >= 10 ? 2 : 1);
}

/** The name that was probably meant, or null when none is near; ties go to the first. */
export function nearestName(name: string, names: Iterable<string>): string | null {
  let best: string | null = null;
  let least = 0.6;
  for (const other of names) {
    const far = farness(name, other);
    if (far < least) {
      least = far;
      best = other;
    }
  }
  return best;
}

const known = new WeakMap<Codebase, readonly CodeSymbol[]>();

/** All declarations, of the product before those of tests, in the order of paths and lines. */
export function allSymbols(codebase: Codebase): readonly CodeSymbol[] {
  const before = known.get(codebase);
  if (before !== undefined) return before;
  const isProduct = (role: string): boolean => role === "source";
  const files = [
    ...codebase.files.filter((file) => isProduct(file.role)),
    ...codebase.files.filter((file) => !isProduct(file.role)),
  ];
  const symbols = files.flatMap((file) => [...file.symbols]);
  known.set(codebase, symbols);
  return symbols;
}

/** The declaration that was probably meant; those that `prefer` names come first. */
export function nearestSymbol(
  name: string,
  codebase: Codebase,
  prefer: readonly CodeSymbol[] = [],
): CodeSymbol | null {
  for (const symbols of [prefer, allSymbols(codebase)]) {
    const near = nearestName(
      name,
      symbols.map((symbol) => symbol.name),
    );
    const found = symbols.find((symbol) => symbol.name === near);
    if (found !== undefined) return found;
  }
  return null;
}

export const placeOf = ({ path, line }: { path: string; line: number }): string =>
  span(`${path}:${line}`);

/** `; `fetchUser` at `src/a.ts:12` is nearest`, or nothing. */
export const nameNearest = (symbol: CodeSymbol | null): string =>
  symbol === null ? "" : `; ${span(symbol.name)} at ${placeOf(symbol)} is nearest`;

/** Files that a wrong path may mean: of the same name, else of the most alike path. */
export function nearestPaths(path: string, codebase: Codebase): string[] {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const paths = codebase.files.map((file) => file.path);
  const twins = paths.filter((other) => other === name || other.endsWith(`/${name}`));
  if (twins.length > 0) return twins.slice(0, 3);
  let best: string | null = null;
  let least = 0.4;
  for (const other of paths) {
    const far = distance(path, other) / Math.max(path.length, other.length, 1);
    if (far < least) {
      least = far;
      best = other;
    }
  }
  if (best !== null) return [best];
  const stem = (one: string): string => one.slice(one.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
  const near = nearestName(stem(path), paths.map(stem));
  return near === null ? [] : paths.filter((other) => stem(other) === near).slice(0, 1);
}
