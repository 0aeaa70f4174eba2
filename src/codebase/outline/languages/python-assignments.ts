import { endWithValue } from "../fold-signature.ts";
import type { Rule } from "../grammar.ts";
import type { Scope, Walk } from "../walk.ts";
import { isVisible } from "./python-visibility.ts";

const LISTED = 20_000;

/** `A = 1`, `a: int`, `a = b = 1`, `a, b = 1, 2` of a module or a class; `__all__` lists what a module exports. */
export const pythonAssignmentRule: Rule = (walk, scope) => {
  const { start, end } = walk;
  const text = walk.text;
  if (scope.owner === null && text.startsWith("__all__", start)) return readAll(walk, start, end);
  const left = /^[^=(:[\n]{1,300}/.exec(text.slice(start, Math.min(end, start + 301)))?.[0] ?? "";
  if (!/^[\w\s,]+$/.test(left)) return;
  for (const name of left.split(",").map((part) => part.trim())) {
    if (/^\w+$/.test(name)) declareAssigned(walk, scope, { name, start, end });
  }
};

function readAll(walk: Walk, start: number, end: number): void {
  const list = walk.text.slice(start, Math.min(end, start + LISTED));
  for (const found of list.matchAll(/(["'])(\w+)\1/g)) walk.exportedNames.add(found[2] ?? "");
}

type Assigned = { name: string; start: number; end: number };

/** A name given a value again (a fallback of an import, a default that is replaced) was declared where it came first. */
function declareAssigned(walk: Walk, scope: Scope, { name, start, end }: Assigned): void {
  if (scope.known.has(name)) return;
  const constant = /^_*[A-Z][A-Z0-9_]*$/.test(name);
  const kind = scope.owner !== null ? "field" : constant ? "constant" : "variable";
  const headEnd = endWithValue(walk.text, start, end);
  walk.declare(scope, { name, kind, exported: isVisible(name, scope), start, headEnd, end });
}

const INSTANCE_FIELD =
  /^([ \t]*)self\.(\w{1,200})[ \t]*(?:(?::[^=\n]{1,200})?(?==(?!=))|:[^=\n]{1,200}$)/gm;

/** `self.a = …` and `self.a: int` in the constructor declare fields of the class. */
export function declareInstanceFields(
  walk: Walk,
  scope: Scope,
  { body, end }: { body: number; end: number },
): void {
  const text = walk.text.slice(body, Math.min(end, body + LISTED));
  for (const found of text.matchAll(INSTANCE_FIELD)) {
    const name = found[2] ?? "";
    if (scope.known.has(name)) continue;
    const start = body + found.index + (found[1]?.length ?? 0);
    const headEnd = body + found.index + found[0].length;
    const exported = isVisible(name, scope);
    walk.declare(scope, { name, kind: "field", exported, start, headEnd, end: headEnd });
  }
}
