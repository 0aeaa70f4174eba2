import { endWithValue } from "../fold-signature.ts";
import type { Rule } from "../grammar.ts";
import { memberScope, type Scope, type Walk } from "../walk.ts";
import { isSeen } from "./cpp-classes.ts";

type Declarator = { name: string; function: boolean };

const NAMES = new Set([
  "identifier",
  "field_identifier",
  "destructor_name",
  "operator_name",
  "operator_cast",
  "qualified_identifier",
  "template_function",
  "type_identifier",
]);
const DEEPEST = 8;

/** What is declared below pointers, references, arrays and initial values. */
function readDeclarator(walk: Walk, depth = 0): Declarator {
  const type = walk.type;
  if (NAMES.has(type)) return { name: walk.source.replace(/\s+/g, " "), function: false };
  let found: Declarator = { name: "", function: false };
  if (depth >= DEEPEST) return found;
  walk.children(() => {
    const inner = walk.type;
    if (walk.field !== "declarator" && !NAMES.has(inner) && !inner.endsWith("_declarator"))
      return true;
    found = readDeclarator(walk, depth + 1);
    if (type === "function_declarator" && inner !== "parenthesized_declarator")
      found.function = true;
    return false;
  });
  return found;
}

/** A definition with a body: of this scope, or of the class that its name says (`A::run`). */
export const functionRule: Rule = (walk, scope) => {
  const { start, end } = walk;
  let headEnd = end;
  let declared: Declarator = { name: "", function: false };
  walk.children(() => {
    const field = walk.field;
    if (field === "declarator") declared = readDeclarator(walk);
    else if (field === "type") applyType(walk, scope);
    else if (field === "body" || walk.type === "field_initializer_list")
      headEnd = Math.min(headEnd, walk.start);
  });
  if (declared.function) declareFunction(walk, scope, { name: declared.name, start, headEnd, end });
};

type Function = { name: string; start: number; headEnd: number; end: number };

function declareFunction(walk: Walk, scope: Scope, found: Function): void {
  const bare = found.name.replace(/<[^<>]*>/g, "");
  const cut = /^operator\b/.test(bare)
    ? -1
    : bare.replace(/::\s*operator[\s\S]*$/, "::_").lastIndexOf("::");
  const exported = isSeen(scope) && !(scope.place === "file" && isStatic(walk, found));
  if (cut < 0) {
    const kind = scope.place === "members" ? "method" : "function";
    walk.declare(scope, { ...found, name: bare, kind, exported });
    return;
  }
  const owner = bare.slice(0, cut).split("::").at(-1) ?? "";
  walk.declare(memberScope(owner, exported), {
    ...found,
    name: bare.slice(cut + 2),
    kind: "method",
  });
}

function isStatic(walk: Walk, { start, headEnd }: { start: number; headEnd: number }): boolean {
  return /^(?:(?:inline|constexpr|extern)\s+)*static\b/.test(
    walk.text.slice(start, Math.min(headEnd, start + 80)),
  );
}

/** Variables, fields and functions without a body; a type that is declared in passing is read too. */
export const declarationRule: Rule = (walk, scope) => {
  const { start, end } = walk;
  const headEnd = endWithValue(walk.text, start, end);
  walk.children(() => {
    const field = walk.field;
    if (field === "type") applyType(walk, scope);
    if (field !== "declarator") return;
    const { name, function: callable } = readDeclarator(walk);
    if (callable) declareFunction(walk, scope, { name, start, headEnd: end, end });
    else declareVariable(walk, scope, { name, start, headEnd, end });
  });
};

/** A type with a body, as in `struct A { … } a;`. */
function applyType(walk: Walk, scope: Scope): void {
  if (walk.type.endsWith("_specifier")) walk.apply(scope);
}

function declareVariable(walk: Walk, scope: Scope, found: Function): void {
  const words = walk.text.slice(found.start, Math.min(found.headEnd, found.start + 200));
  const constant = /\b(?:const|constexpr)\b[^*]*$/.test(words.split("=")[0] ?? "");
  const kind = scope.place === "members" ? "field" : constant ? "constant" : "variable";
  const exported = isSeen(scope) && !(scope.place === "file" && isStatic(walk, found));
  const name = found.name.split("::").at(-1) ?? "";
  walk.declare(scope, { ...found, name, kind, exported });
}
