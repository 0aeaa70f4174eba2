import type { SymbolKind } from "../../codebase.ts";
import type { Rule } from "../grammar.ts";
import { type Head, memberScope, type Scope, type Walk } from "../walk.ts";

/** Whether a declaration is seen outside; `words` is all that stands up to the end of its name. */
export type IsExported = (words: string, name: string, scope: Scope) => boolean;

type Container = {
  kind: SymbolKind;
  exported: IsExported;
  /** The bases in what stands between the name and the body. */
  bases?: (heritage: string) => readonly string[];
};

const LOOKED_AT = 500;

/** A declaration whose body holds members: it is declared, then its body is read. */
export function containerRule({ kind, exported, bases }: Container): Rule {
  return (walk, scope) => {
    const head = walk.open();
    const seen = exported(wordsOf(walk, head), head.name, scope);
    const list = bases?.(heritageOf(walk, head)) ?? [];
    walk.declare(scope, { ...head, kind, exported: seen, bases: list });
    if (head.body >= 0) walk.enter(memberScope(head.name, seen));
    walk.close(head);
  };
}

/** A declaration whose body holds nothing for others. `kind` may depend on where it stands. */
export function leafRule(kind: (scope: Scope) => SymbolKind, exported: IsExported): Rule {
  return (walk, scope) => {
    const head = walk.open();
    walk.close(head);
    const seen = exported(wordsOf(walk, head), head.name, scope);
    walk.declare(scope, { ...head, kind: kind(scope), exported: seen });
  };
}

export function wordsOf(walk: Walk, { start, nameEnd }: Head): string {
  return walk.text.slice(start, Math.min(nameEnd, start + LOOKED_AT));
}

export function heritageOf(walk: Walk, { start, nameEnd, headEnd }: Head): string {
  return walk.text.slice(Math.max(nameEnd, start), headEnd);
}

export const lookThrough: Rule = (walk, scope) => walk.enter(scope);

export function callable({ owner, place }: Scope): SymbolKind {
  return owner !== null && place === "members" ? "method" : "function";
}

export const always = (kind: SymbolKind) => (): SymbolKind => kind;

/** A member is what its owner is. */
export const asOwner: IsExported = (_words, _name, scope) => scope.exported;
