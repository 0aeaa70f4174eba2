import { endWithValue } from "../fold-signature.ts";
import type { LanguageRules, Rule } from "../grammar.ts";
import { readBases, readHeritage } from "../read-bases.ts";
import { memberScope } from "../walk.ts";
import { asOwner, heritageOf, type IsExported, leafRule, lookThrough, wordsOf } from "./declare.ts";
import { phpIncludes, useRule } from "./php-imports.ts";

/** All of a file is seen outside; of a class all that is not private. */
export const isExported: IsExported = (words, _name, scope) =>
  scope.owner === null || (scope.exported && !/\bprivate\b/.test(words));

function containerRule(kind: "class" | "interface" | "enum"): Rule {
  return (walk, scope) => {
    const head = walk.open();
    const bases = readHeritage(heritageOf(walk, head));
    walk.declare(scope, { ...head, kind, exported: true, bases });
    // A trait that the class uses is added to its bases when it is met.
    const members = { ...memberScope(head.name, true), bases };
    if (head.body >= 0) walk.enter(members);
    walk.close(head);
  };
}

const methodRule: Rule = (walk, scope) => {
  const head = walk.open();
  walk.close(head);
  const exported = isExported(wordsOf(walk, head), head.name, scope);
  walk.declare(scope, { ...head, kind: "method", exported });
  if (head.name === "__construct") promotedRule(walk, scope);
};

/** `__construct(private readonly A $a)` declares a field. */
const promotedRule: Rule = (walk, scope) => {
  walk.children(() => {
    if (walk.field !== "parameters") return;
    walk.children(() => {
      if (walk.type !== "property_promotion_parameter") return;
      const head = walk.open();
      walk.close(head);
      const exported = isExported(wordsOf(walk, head), head.name, scope);
      const name = head.name.replace(/^\$/, "");
      walk.declare(scope, { ...head, name, headEnd: head.end, kind: "field", exported });
    });
  });
};

/** `private int $a = 1, $b;`, `const A = 1;`: constants of a class are constants with an owner. */
const propertiesRule: Rule = (walk, scope) => {
  const head = walk.open();
  walk.close(head);
  const { start, end } = head;
  const headEnd = endWithValue(walk.text, start, end);
  walk.children(() => {
    const type = walk.type;
    if (type !== "property_element" && type !== "const_element") return;
    const name = /^\$?([\p{L}\p{N}_]+)/u.exec(walk.source.slice(0, 210))?.[1] ?? "";
    const kind = type === "const_element" ? "constant" : "field";
    const exported = isExported(walk.text.slice(start, walk.start), name, scope);
    walk.declare(scope, { name, kind, exported, start, headEnd, end });
  });
};

const traitUseRule: Rule = (walk, scope) => {
  const list = /^use\s+([^;{]*)/.exec(walk.source)?.[1] ?? "";
  scope.bases?.push(...readBases(list));
};

/** A namespace is declared, so that a use of it can be traced; what it holds needs no owner. */
const namespaceRule: Rule = (walk, scope) => {
  const head = walk.open();
  walk.declare(scope, { ...head, kind: "module", exported: true });
  if (head.body >= 0) walk.enter(scope);
  walk.close(head);
};

const defineRule: Rule = (walk, scope) => {
  const { start, end } = walk;
  const name = /^define\s*\(\s*["']([^"'\n]+)/.exec(walk.text.slice(start, start + 300))?.[1];
  if (name === undefined) return;
  walk.declare(scope, { name, kind: "constant", exported: true, start, headEnd: end, end });
};

const functionRule = leafRule(
  () => "function",
  () => true,
);

export const phpRules: LanguageRules = {
  comments: "slash",
  decorators: "#",
  rules: {
    namespace_definition: namespaceRule,
    namespace_use_declaration: useRule,
    class_declaration: containerRule("class"),
    trait_declaration: containerRule("class"),
    interface_declaration: containerRule("interface"),
    enum_declaration: containerRule("enum"),
    enum_case: leafRule(() => "field", asOwner),
    method_declaration: methodRule,
    property_declaration: propertiesRule,
    const_declaration: propertiesRule,
    use_declaration: traitUseRule,
    function_definition: functionRule,
    expression_statement: lookThrough,
    function_call_expression: defineRule,
    if_statement: lookThrough,
    else_clause: lookThrough,
    compound_statement: lookThrough,
  },
  finish: phpIncludes,
};
