import type { Rule } from "../grammar.ts";
import { readBases } from "../read-bases.ts";
import type { Scope, Walk } from "../walk.ts";
import { lookThrough } from "./declare.ts";

const SECTIONS = new Map([
  ["public", true],
  ["protected", true],
  ["private", false],
  ["module_function", true],
]);
const LOOKED_AT = 2_000;

/** `private` alone: what follows in this body is for the class alone. */
export const sectionRule: Rule = (walk, scope) => {
  const seen = SECTIONS.get(walk.source);
  if (seen !== undefined && scope.owner !== null) scope.exported = seen;
};

/** Calls that declare something in the body of a class. */
export const callRule: Rule = (walk, scope) => {
  const { start, end } = walk;
  const source = walk.text.slice(start, Math.min(end, start + LOOKED_AT));
  const [, word = "", rest = ""] = /^(\w+)\s*\(?\s*([\s\S]*)$/.exec(source) ?? [];
  const seen = SECTIONS.get(word);
  if (seen !== undefined) mark(walk, scope, { rest, seen });
  else if (word.startsWith("private_c")) mark(walk, scope, { rest, seen: false });
  else if (/^attr(?:_reader|_writer|_accessor)?$/.test(word))
    declareNamed(walk, scope, rest, "field");
  else if (/^(?:alias_method|define_method)$/.test(word)) declareFirst(walk, scope, rest);
  else if (/^(?:include|prepend)$/.test(word))
    scope.bases?.push(...readBases(rest.replace(/\)$/, "")));
  else if (/^(?:class_methods|included|concerning)$/.test(word)) enterBlock(walk, scope);
};

/** `private def a`, `private :a, :b`, `private_constant :A`. */
function mark(walk: Walk, scope: Scope, { rest, seen }: { rest: string; seen: boolean }): void {
  if (
    /^(?:async\s+)?(?:def|attr_|define_method|memoize|[a-z_]+ def)\b/.test(rest) ||
    rest.startsWith("attr_")
  ) {
    const marked: Scope = { ...scope, exported: seen };
    walk.children(() => {
      if (walk.field === "arguments") lookThrough(walk, marked);
    });
    return;
  }
  for (const name of namesIn(rest)) {
    const symbol = scope.known.get(name);
    if (symbol !== undefined) symbol.exported = seen;
  }
}

function namesIn(list: string): string[] {
  return [...list.matchAll(/(?::|["'])([\w]+[?!=]?)/g)].map((found) => found[1] ?? "");
}

function declareNamed(walk: Walk, scope: Scope, rest: string, kind: "field"): void {
  if (scope.owner === null) return;
  const { start, end } = walk;
  for (const name of namesIn(rest)) walk.declare(scope, { name, kind, start, headEnd: end, end });
}

function declareFirst(walk: Walk, scope: Scope, rest: string): void {
  const name = namesIn(rest)[0];
  const { start, end } = walk;
  const stop = walk.text.indexOf("\n", start);
  const headEnd = stop < 0 ? end : Math.min(stop, end);
  if (name !== undefined && scope.owner !== null) {
    walk.declare(scope, { name, kind: "method", start, headEnd, end });
  }
}

/** Blocks whose content belongs to the class around them. */
export function enterBlock(walk: Walk, scope: Scope): void {
  walk.children(() => {
    if (walk.field !== "block") return;
    walk.children(() => {
      if (walk.field === "body") walk.enter(scope);
    });
  });
}
