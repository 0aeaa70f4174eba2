import type { Rule } from "../grammar.ts";
import { cleanName, memberScope, type Scope, type Walk } from "../walk.ts";

/** A function with its overloads is declared once. */
export const functionRule: Rule = (walk, scope) => {
  const head = walk.open();
  walk.close(head);
  const last = walk.symbols.at(-1);
  if (last?.kind === "function" && last.name === head.name && last.owner === scope.owner) {
    walk.extend(last, head.end);
    last.exported ||= scope.exported;
  } else {
    walk.declare(scope, { ...head, kind: "function" });
  }
};

/** `type A = …`; an object type has fields as an interface does. */
export const typeAliasRule: Rule = (walk, scope) => {
  const { start, end } = walk;
  let name = "";
  walk.children(() => {
    const field = walk.field;
    if (field === "name") name = walk.source;
    if (field !== "value") return;
    const type = walk.type;
    const headEnd = type === "object_type" ? walk.start : end;
    walk.declare(scope, { name, kind: "type", start, headEnd, end });
    enterObjectTypes(walk, memberScope(name, scope.exported), type);
  });
};

function enterObjectTypes(walk: Walk, members: Scope, type: string): void {
  if (type === "object_type") walk.enter(members);
  else if (type === "intersection_type") {
    walk.children(() => enterObjectTypes(walk, members, walk.type));
  }
}

/** `declare …`; in a declaration file all of it is seen outside. */
export const ambientRule: Rule = (walk, scope) =>
  walk.enter({ ...scope, exported: scope.exported || /\.d\.[cm]?ts$/.test(walk.path) });

/** `namespace A {…}`, `module "a" {…}`. */
export const moduleRule: Rule = (walk, scope) => {
  const head = walk.open();
  const name = cleanName(head.name);
  walk.declare(scope, { ...head, name, kind: "module" });
  if (head.body >= 0) walk.enter({ ...memberScope(name, scope.exported), place: "file" });
  walk.close(head);
};

/**
 * Conditions of a file's top level hold exports and fallbacks (`if (dev) { module.exports = … }`); constants and variables in their
 * blocks are nobody else's.
 */
export const conditionRule: Rule = (walk, scope) => {
  if (scope.place === "file" || scope.place === "block") walk.enter({ ...scope, place: "block" });
};

/** A statement of the top level or of a condition there. */
export const statementRule: Rule = (walk, scope) => {
  if (scope.place === "file" || scope.place === "block") walk.enter(scope);
};
