import type { SymbolKind } from "../../codebase.ts";
import type { Rule } from "../grammar.ts";
import { cleanName, memberScope, type Scope, type Walk } from "../walk.ts";
import { declareClass } from "./ecmascript-classes.ts";
import { isFunctionType, valueEnd } from "./ecmascript-heads.ts";

const WRAPPERS = new Set(["as_expression", "satisfies_expression", "parenthesized_expression"]);

/** `const a = …, b = …`. */
export const variablesRule: Rule = (walk, scope) => {
  if (scope.place !== "file") return;
  let start = walk.start;
  const kind = walk.text.startsWith("const", start) ? "constant" : "variable";
  walk.children(() => {
    if (walk.type !== "variable_declarator") return;
    declareVariable(walk, scope, { start, kind });
    start = walk.end + 1;
    while (/\s/.test(walk.text[start] ?? "")) start += 1;
  });
};

type Place = { start: number; kind: SymbolKind };

function declareVariable(walk: Walk, scope: Scope, { start, kind }: Place): void {
  const end = walk.end;
  let name = "";
  let valued = false;
  walk.children(() => {
    const field = walk.field;
    if (field === "name") name = walk.source;
    if (field !== "value") return;
    valued = true;
    if (isImported(walk)) return;
    if (/^[[{]/.test(name)) declareParts(walk, scope, { name, start, end, kind });
    else declareValue(walk, scope, { name, start, end, kind });
  });
  if (!valued) walk.declare(scope, { name, kind, start, headEnd: end, end });
}

export type Named = { name: string; start: number; end: number; kind: SymbolKind };

/** What is required is imported, not declared. */
function isImported(walk: Walk): boolean {
  const { start, end } = walk;
  const value = end - start > 300 ? "" : walk.text.slice(start, end);
  return /^(?:await\s+)?(?:require|import)\s*\([^()]*\)(?:\s*\.\s*[\w$]+)*$/.test(value);
}

/** `const { a, b: c } = …` declares `a` and `c`. */
function declareParts(walk: Walk, scope: Scope, { name: pattern, start, end, kind }: Named): void {
  const headEnd = valueEnd(walk, walk.type);
  for (const part of pattern.slice(1, 2_000).split(",")) {
    const bare = part.replace(/=[\s\S]*$/, "").replace(/[\]}\s]+$/, "");
    const name = /[\p{L}_$][\p{L}\p{N}_$]*$/u.exec(bare)?.[0];
    if (name !== undefined) walk.declare(scope, { name, kind, start, headEnd, end });
  }
}

/** Declares what a name was given; the walk is at the value. */
export function declareValue(walk: Walk, scope: Scope, named: Named): void {
  const type = walk.type;
  if (WRAPPERS.has(type) && declareWrapped(walk, scope, named)) return;
  if (type === "class") declareClass(walk, scope, named);
  else declarePlain(walk, scope, { ...named, name: cleanName(named.name) }, type);
}

/** `{ … } as const`, `( … )`: what is inside of it. */
function declareWrapped(walk: Walk, scope: Scope, named: Named): boolean {
  let done = false;
  walk.children(() => {
    if (walk.type === '"("') return true;
    declareValue(walk, scope, named);
    done = true;
    return false;
  });
  return done;
}

function declarePlain(walk: Walk, scope: Scope, named: Named, type: string): void {
  const callable = scope.place === "members" ? "method" : "function";
  const inObject = scope.place === "object" && scope.owner !== null ? "method" : callable;
  const kind = isFunctionType(type) ? inObject : named.kind;
  walk.declare(scope, { ...named, kind, headEnd: valueEnd(walk, type) });
  if (type === "object" && scope.place === "file") enterObject(walk, named.name, scope.exported);
}

/** The parts of an object that a constant holds, one level deep. */
export function enterObject(walk: Walk, owner: string, exported: boolean): void {
  const scope: Scope = { ...memberScope(owner, exported), place: "object" };
  walk.children(() => {
    const type = walk.type;
    if (type === "method_definition") walk.apply(scope);
    else if (type === "pair") declarePair(walk, scope);
  });
}

export function declarePair(walk: Walk, scope: Scope): void {
  const { start, end } = walk;
  let name = "";
  walk.children(() => {
    const field = walk.field;
    if (field === "key") name = walk.source;
    if (field === "value") declareValue(walk, scope, { name, start, end, kind: "field" });
  });
}
