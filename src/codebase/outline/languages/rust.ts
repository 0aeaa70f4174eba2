import type { SymbolKind } from "../../codebase.ts";
import { rustBodies } from "../bodies/body-style.ts";
import { endWithValue } from "../fold-signature.ts";
import type { LanguageRules, Rule } from "../grammar.ts";
import { basesAfterColon } from "../read-bases.ts";
import { memberScope, type Scope, type Walk } from "../walk.ts";
import {
  always,
  asOwner,
  callable,
  containerRule,
  type IsExported,
  leafRule,
  lookThrough,
} from "./declare.ts";
import { implementationRule } from "./rust-implementations.ts";
import { rustUses } from "./rust-uses.ts";

/** `pub` and `pub(crate)` are seen by other files; what a trait holds is seen with the trait. */
const isExported: IsExported = (words, _name, scope) =>
  scope.place === "members" && scope.exported ? true : /^pub(?!\s*\(\s*self)\b/.test(words);

const traitRule = containerRule({
  kind: "interface",
  exported: isExported,
  bases: (heritage) => basesAfterColon(heritage, "+"),
});

/** A tuple's types stay in the signature; fields are what they say themselves. */
const structRule: Rule = (walk, scope) => {
  const head = walk.open();
  const { name, body, end } = head;
  const exported = /^pub\b/.test(walk.text.slice(head.start, head.start + 4));
  const tuple = walk.text[body] === "(";
  const headEnd = tuple ? end : head.headEnd;
  walk.declare(scope, { ...head, headEnd, kind: "class", exported });
  if (body >= 0 && !tuple) walk.enter(memberScope(name, false));
  walk.close(head);
};

const variantRule: Rule = (walk, scope) => {
  const head = walk.open();
  walk.close(head);
  walk.declare(scope, { ...head, headEnd: head.end, kind: "field", exported: scope.exported });
};

function valueRule(kind: (scope: Scope) => SymbolKind): Rule {
  return (walk, scope) => {
    const head = walk.open();
    walk.close(head);
    const headEnd = endWithValue(walk.text, head.start, head.end);
    const exported = isExported(walk.text.slice(head.start, head.end), head.name, scope);
    walk.declare(scope, { ...head, headEnd, kind: kind(scope), exported });
  };
}

/** `mod a { … }` owns what it holds; `mod a;` hands on a file. */
const moduleRule: Rule = (walk, scope) => {
  const head = walk.open();
  const { name, start, body } = head;
  if (body < 0) {
    const line = walk.lines.lineAt(start);
    if (name !== "")
      walk.imports.push({ line, specifier: `mod:${name}`, names: ["*"], handsOn: true });
  } else {
    const exported = /^pub\b/.test(walk.text.slice(start, start + 4));
    walk.declare(scope, { ...head, kind: "module", exported });
    walk.enter({ ...memberScope(name, false), place: "file" });
  }
  walk.close(head);
};

const externCrateRule: Rule = (walk) => {
  const head = walk.open();
  walk.close(head);
  const { name, start } = head;
  const handsOn = walk.text.startsWith("pub", start);
  const line = walk.lines.lineAt(start);
  walk.imports.push({ line, specifier: name, names: ["*"], handsOn });
};

/** A macro is exported by an attribute before it. */
const macroRule: Rule = (walk, scope) => {
  const head = walk.open();
  walk.close(head);
  const exported = walk.text
    .slice(Math.max(0, head.start - 80), head.start)
    .includes("#[macro_export");
  walk.declare(scope, { ...head, headEnd: head.nameEnd, kind: "function", exported });
};

/** `impl Trait for Type` gives the type a base. */
function giveBases(walk: Walk): void {
  const types = new Map<string, string[]>();
  for (const symbol of walk.symbols) {
    if (symbol.kind !== "class" && symbol.kind !== "enum") continue;
    const bases = [...symbol.bases];
    symbol.bases = bases;
    types.set(symbol.name, bases);
  }
  for (const { name, base } of walk.givenBases) {
    const bases = types.get(name);
    if (bases !== undefined && !bases.includes(base)) bases.push(base);
  }
}

export const rustRules: LanguageRules = {
  bodies: rustBodies,
  comments: "slash",
  decorators: null,
  rules: {
    mod_item: moduleRule,
    extern_crate_declaration: externCrateRule,
    function_item: leafRule(callable, isExported),
    function_signature_item: leafRule(callable, isExported),
    struct_item: structRule,
    union_item: structRule,
    enum_item: containerRule({ kind: "enum", exported: isExported }),
    enum_variant: variantRule,
    field_declaration: leafRule(always("field"), isExported),
    trait_item: traitRule,
    impl_item: implementationRule,
    associated_type: leafRule(always("type"), asOwner),
    type_item: valueRule(always("type")),
    const_item: valueRule(always("constant")),
    static_item: valueRule(always("variable")),
    macro_definition: macroRule,
    foreign_mod_item: lookThrough,
    declaration_list: lookThrough,
  },
  finish(walk, isCode) {
    giveBases(walk);
    rustUses(walk, isCode);
  },
};
