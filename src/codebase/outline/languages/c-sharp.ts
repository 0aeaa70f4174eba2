import type { LanguageRules, Rule } from "../grammar.ts";
import { basesAfterColon } from "../read-bases.ts";
import { memberScope } from "../walk.ts";
import { fieldRule, isVisible, propertyRule } from "./c-sharp-members.ts";
import { readUsing } from "./c-sharp-usings.ts";
import {
  always,
  asOwner,
  containerRule,
  heritageOf,
  leafRule,
  lookThrough,
  wordsOf,
} from "./declare.ts";
import { declareParameters } from "./record-parameters.ts";

const classRule = containerRule({ kind: "class", exported: isVisible, bases: basesAfterColon });
const enumRule = containerRule({ kind: "enum", exported: isVisible });
const methodRule = leafRule(always("method"), isVisible);

/** The place "object" stands for members that are public without a word. */
const interfaceRule: Rule = (walk, scope) => {
  const head = walk.open();
  const exported = isVisible(wordsOf(walk, head), head.name, scope);
  const bases = basesAfterColon(heritageOf(walk, head));
  walk.declare(scope, { ...head, kind: "interface", exported, bases });
  if (head.body >= 0) walk.enter({ ...memberScope(head.name, exported), place: "object" });
  walk.close(head);
};

const recordRule: Rule = (walk, scope) => {
  const before = walk.symbols.length;
  classRule(walk, scope);
  const symbol = walk.symbols[before];
  if (symbol !== undefined) declareParameters(walk, memberScope(symbol.name, symbol.exported));
};

/** A namespace is declared, so that an import of it can be traced; but what it holds needs no owner, the file is enough. */
const namespaceRule: Rule = (walk, scope) => {
  const head = walk.open();
  walk.declare(scope, { ...head, kind: "module", exported: true });
  if (head.body >= 0) walk.enter(scope);
  walk.close(head);
};

const usingRule: Rule = (walk) => {
  const { start, end } = walk;
  const found = readUsing(walk.text.slice(start, Math.min(end, start + 1_000)));
  if (found !== null) walk.imports.push({ line: walk.lines.lineAt(start), ...found });
};

export const cSharpRules: LanguageRules = {
  comments: "slash",
  decorators: "[",
  rules: {
    using_directive: usingRule,
    namespace_declaration: namespaceRule,
    file_scoped_namespace_declaration: namespaceRule,
    class_declaration: recordRule,
    struct_declaration: recordRule,
    record_declaration: recordRule,
    record_struct_declaration: recordRule,
    interface_declaration: interfaceRule,
    enum_declaration: enumRule,
    enum_member_declaration: leafRule(always("field"), asOwner),
    delegate_declaration: leafRule(always("type"), isVisible),
    method_declaration: methodRule,
    constructor_declaration: methodRule,
    property_declaration: propertyRule,
    event_declaration: propertyRule,
    field_declaration: fieldRule,
    event_field_declaration: fieldRule,
    global_statement: lookThrough,
    local_function_statement: leafRule(always("function"), () => false),
    preproc_if: lookThrough,
    preproc_elif: lookThrough,
    preproc_else: lookThrough,
  },
  finish() {},
};
