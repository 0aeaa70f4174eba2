import type { IsCode } from "../grammar.ts";
import { splitTopLevel } from "../read-bases.ts";
import type { ImportSource } from "../walk.ts";

const USE = /(?<=^|[;{}])[ \t]*(?:pub(?:\s{0,5}\([^)\n]{0,60}\))?\s{1,20})?use\s/gm;
const LONGEST = 10_000;
const DEEPEST = 20;

export type UseTree = { specifier: string; names: string[] };

/** All `use` statements, also those in functions and modules. */
export function rustUses(walk: ImportSource, isCode: IsCode): void {
  for (const found of walk.text.matchAll(USE)) {
    const end = found.index + found[0].length;
    if (!isCode(end - 4, ['"use"'])) continue;
    const stop = walk.text.indexOf(";", end);
    const tree = walk.text.slice(end, stop < 0 ? end : Math.min(stop, end + LONGEST));
    const handsOn = found[0].includes("pub");
    const line = walk.lines.lineAt(end - 4);
    for (const { specifier, names } of flattenUse(tree)) {
      walk.imports.push({ line, specifier, names, handsOn });
    }
  }
}

/** `a::{b, c::{self, D as E, *}}` → a: b; a::c: self, D, *. */
export function flattenUse(written: string): UseTree[] {
  const byPath = new Map<string, string[]>();
  const tree = written.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, "").trim();
  flatten({ tree, prefix: "", depth: 0 }, byPath);
  return [...byPath].map(([specifier, names]) => ({ specifier, names }));
}

type Branch = { tree: string; prefix: string; depth: number };

function flatten({ tree, prefix, depth }: Branch, byPath: Map<string, string[]>): void {
  const opening = tree.indexOf("{");
  if (opening >= 0) {
    const path = joinPath(prefix, tree.slice(0, opening));
    const list = tree.slice(opening + 1, tree.lastIndexOf("}"));
    if (depth >= DEEPEST) return;
    for (const part of splitTopLevel(list))
      flatten({ tree: part, prefix: path, depth: depth + 1 }, byPath);
    return;
  }
  const path = joinPath(prefix, tree.replace(/\s+as\s+[\s\S]*$/, ""));
  const cut = path.lastIndexOf("::");
  const specifier = cut < 0 ? path : path.slice(0, cut);
  const name = cut < 0 ? "*" : path.slice(cut + 2);
  if (/^[\w:#]+$/.test(specifier)) byPath.set(specifier, [...(byPath.get(specifier) ?? []), name]);
}

function joinPath(prefix: string, part: string): string {
  const clean = part.replace(/\s+/g, "").replace(/^::|::$/g, "");
  return [prefix, clean].filter((piece) => piece !== "").join("::");
}
