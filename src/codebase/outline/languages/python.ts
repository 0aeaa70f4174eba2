import type { LanguageRules, Rule } from "../grammar.ts";
import { readBases } from "../read-bases.ts";
import { memberScope, type Scope, type Walk } from "../walk.ts";
import { declareInstanceFields, pythonAssignmentRule } from "./python-assignments.ts";
import { pythonImports } from "./python-imports.ts";
import { isPublic, isVisible } from "./python-visibility.ts";

const lookThrough: Rule = (walk, scope) => walk.enter(scope);

/** A class of Python: what stands in brackets after its name, but for keywords, are its bases. */
const classRule: Rule = (walk, scope) => {
  const head = walk.open();
  const exported = isVisible(head.name, scope);
  const bases = basesOf(walk.text.slice(Math.max(head.nameEnd, head.start), head.headEnd));
  walk.declare(scope, { ...head, kind: "class", exported, bases });
  if (head.body >= 0) walk.enter(memberScope(head.name, exported));
  walk.close(head);
};

/** `[T](A, B[T], metaclass=M):` → A, B. */
function basesOf(list: string): string[] {
  const inside = /^\s*(?:\[[^(]*\])?\s*\(([\s\S]*)\)\s*:/.exec(list)?.[1] ?? "";
  const items = inside.replace(/#[^\n]*/g, "").replace(/\b\w+\s*=(?!=)[^,]*/g, "");
  return readBases(items);
}

const functionRule: Rule = (walk, scope) => declareFunction(walk, scope, false);

function declareFunction(walk: Walk, scope: Scope, property: boolean): void {
  const head = walk.open();
  const { name, body, end } = head;
  if (scope.owner !== null && name === "__init__" && body >= 0) {
    declareInstanceFields(walk, scope, { body, end });
  }
  walk.close(head);
  const kind = scope.owner === null ? "function" : property ? "field" : "method";
  walk.declare(scope, { ...head, kind, exported: isVisible(name, scope) });
}

/** Properties are fields; a setter is no declaration of its own. */
const decoratedRule: Rule = (walk, scope) => {
  let property = false;
  let again = false;
  walk.children(() => {
    if (walk.field === "definition") {
      if (again) declareAgain(walk, scope);
      else if (property && walk.type === "function_definition") declareFunction(walk, scope, true);
      else walk.apply(scope);
      return;
    }
    const decorator = walk.text.slice(walk.start, Math.min(walk.end, walk.start + 200));
    property ||= /^@\s*(?:[\w.]*\.)?(?:cached_|hybrid_|abstract)?property\b/.test(decorator);
    again ||= /^@\s*(?:\w+\.(?:setter|deleter|getter)|(?:typing\.|t\.)?overload)\b/.test(decorator);
  });
};

/** A setter or an overload makes what was declared longer. */
function declareAgain(walk: Walk, scope: Scope): void {
  const head = walk.open();
  walk.close(head);
  const known = scope.known.get(head.name);
  if (known === undefined) walk.apply(scope);
  else walk.extend(known, head.end);
}

const typeAliasRule: Rule = (walk, scope) => {
  const { start, end } = walk;
  const name = /^type\s+(\w+)/.exec(walk.text.slice(start, Math.min(end, start + 200)))?.[1] ?? "";
  const exported = isVisible(name, scope);
  walk.declare(scope, { name, kind: "type", exported, start, headEnd: end, end });
};

/** What `__all__` lists is exported, and nothing else of the top level. */
function finish(walk: Walk, isCode: Parameters<LanguageRules["finish"]>[1]): void {
  pythonImports(walk, isCode);
  const listed = walk.exportedNames;
  if (listed.size === 0) return;
  const owners = new Set<string>();
  for (const symbol of walk.symbols) {
    if (symbol.owner === null) symbol.exported = listed.has(symbol.name);
    if (symbol.owner === null && symbol.exported) owners.add(symbol.name);
  }
  for (const symbol of walk.symbols) {
    if (symbol.owner !== null) symbol.exported = owners.has(symbol.owner) && isPublic(symbol.name);
  }
}

export const pythonRules: LanguageRules = {
  comments: "hash",
  decorators: null,
  rules: {
    class_definition: classRule,
    function_definition: functionRule,
    decorated_definition: decoratedRule,
    type_alias_statement: typeAliasRule,
    expression_statement: lookThrough,
    assignment: pythonAssignmentRule,
    augmented_assignment: pythonAssignmentRule,
    if_statement: lookThrough,
    elif_clause: lookThrough,
    else_clause: lookThrough,
    try_statement: lookThrough,
    except_clause: lookThrough,
    finally_clause: lookThrough,
    with_statement: lookThrough,
    block: lookThrough,
  },
  finish,
};
