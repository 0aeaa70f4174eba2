import type { Rule } from "../grammar.ts";
import { readHeritage } from "../read-bases.ts";
import { memberScope, type Scope, type Walk } from "../walk.ts";

export const classRule: Rule = (walk, scope) => declareClass(walk, scope, null);

/** A class as a statement, or as the value of an export or a variable, under the name that others know it by. */
export function declareClass(
  walk: Walk,
  scope: Scope,
  known: { name: string; start: number } | null,
): void {
  const head = walk.open();
  const name = known?.name ?? (head.name || "default");
  const { headEnd, end } = head;
  const bases = readHeritage(walk.text.slice(Math.max(head.nameEnd, head.start), headEnd));
  walk.declare(scope, {
    name,
    kind: "class",
    start: known?.start ?? head.start,
    headEnd,
    end,
    bases,
  });
  if (head.body >= 0) walk.enter(memberScope(name, scope.exported));
  walk.close(head);
}

export const interfaceRule: Rule = (walk, scope) => {
  const head = walk.open();
  const bases = readHeritage(walk.text.slice(Math.max(head.nameEnd, head.start), head.headEnd));
  walk.declare(scope, { ...head, kind: "interface", bases });
  if (head.body >= 0) walk.enter(memberScope(head.name, scope.exported));
  walk.close(head);
};

export const enumRule: Rule = (walk, scope) => {
  const head = walk.open();
  walk.declare(scope, { ...head, kind: "enum" });
  if (head.body >= 0) walk.enter(memberScope(head.name, scope.exported));
  walk.close(head);
};
