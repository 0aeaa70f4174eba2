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
export const farness = (left: string, right: string): number =>
  compare(describeName(left), describeName(right), 1);

/** A name as it is compared; made once where it is compared often. */
export type Described = { name: string; lower: string; words: ReadonlySet<string>; joined: string };

export function describeName(name: string): Described {
  const words = wordsOf(name);
  const lower = name.toLowerCase().slice(0, 200);
  return { name, lower, words: new Set(words), joined: words.join() };
}

/** Farness where it is below `limit`, else anything above: letters are not counted where they cannot matter. */
export function compare(left: Described, right: Described, limit: number): number {
  let shared = 0;
  for (const word of left.words) if (right.words.has(word)) shared += 1;
  const apart = 1 - shared / Math.max(left.words.size, right.words.size, 1);
  const byWords = apart === 0 ? 0.05 : apart;
  const longest = Math.max(left.lower.length, right.lower.length, 1);
  const least = Math.abs(left.lower.length - right.lower.length) / longest;
  if (least >= Math.min(limit, byWords)) return byWords;
  return Math.min(byWords, distance(left.lower, right.lower) / longest);
}

/** Whether one name was surely meant for the other: a letter or two, or the same words in another form. */
export function isSlip(left: string, right: string): boolean {
  if (left === right) return false;
  if (wordsOf(left).join() === wordsOf(right).join()) return true;
  const longest = Math.max(left.length, right.length);
  return longest >= 6 && distance(left, right) <= (longest >= 10 ? 2 : 1);
}

/** Beyond this, two names have too little in common to be told of together. */
export const farthest = 0.6;

/** The name that was probably meant, or null when none is near; ties go to the first. */
export function nearestName(name: string, names: Iterable<string>): string | null {
  const wanted = describeName(name);
  let best: string | null = null;
  let least = farthest;
  for (const other of names) {
    const far = compare(wanted, describeName(other), least);
    if (far < least) {
      least = far;
      best = other;
    }
  }
  return best;
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
