import { javaBodies } from "../bodies/body-style.ts";
import { endWithValue } from "../fold-signature.ts";
import type { LanguageRules, Rule } from "../grammar.ts";
import { readHeritage } from "../read-bases.ts";
import { skipDecorators } from "../skip-decorators.ts";
import { memberScope } from "../walk.ts";
import {
  always,
  asOwner,
  containerRule,
  heritageOf,
  type IsExported,
  leafRule,
  lookThrough,
  wordsOf,
} from "./declare.ts";
import { readJavaImport } from "./java-imports.ts";
import { declareParameters } from "./record-parameters.ts";

/** Public and protected ones; a member only with its class. Members of an interface are public unless they are private. */
const isExported: IsExported = (words, _name, scope) => {
  const own = /\b(?:public|protected)\b/.test(words);
  if (scope.owner === null) return own;
  return scope.exported && (own || (scope.place === "object" && !/\bprivate\b/.test(words)));
};

const classRule = containerRule({ kind: "class", exported: isExported, bases: readHeritage });
const enumRule = containerRule({ kind: "enum", exported: isExported, bases: readHeritage });

/** Interfaces and annotations: the place "object" stands for members that are public without a word. */
const interfaceRule: Rule = (walk, scope) => {
  const head = walk.open();
  const exported = isExported(wordsOf(walk, head), head.name, scope);
  const bases = readHeritage(heritageOf(walk, head));
  walk.declare(scope, { ...head, kind: "interface", exported, bases });
  if (head.body >= 0) walk.enter({ ...memberScope(head.name, exported), place: "object" });
  walk.close(head);
};

const recordRule: Rule = (walk, scope) => {
  const head = walk.open();
  const exported = isExported(wordsOf(walk, head), head.name, scope);
  const heritage = heritageOf(walk, head);
  const bases = readHeritage(heritage.slice(Math.max(0, heritage.search(/\bimplements\b/))));
  walk.declare(scope, { ...head, kind: "class", exported, bases });
  const members = memberScope(head.name, exported);
  if (head.body >= 0) walk.enter(members);
  walk.close(head);
  declareParameters(walk, members);
};

const fieldRule: Rule = (walk, scope) => {
  const { end } = walk;
  const start = skipDecorators(walk.text, { start: walk.start, end, sign: "@" });
  const headEnd = endWithValue(walk.text, start, end);
  const words = walk.text.slice(start, Math.min(headEnd, start + 300));
  walk.children(() => {
    if (walk.field !== "declarator") return;
    const name = /^[\p{L}\p{N}_$]+/u.exec(walk.source.slice(0, 210))?.[0] ?? "";
    const exported = isExported(words.split("=")[0] ?? "", name, scope);
    walk.declare(scope, { name, kind: "field", exported, start, headEnd, end });
  });
};

const importRule: Rule = (walk) => {
  const { start, end } = walk;
  const found = readJavaImport(walk.text.slice(start, end));
  if (found === null) return;
  walk.imports.push({ line: walk.lines.lineAt(start), ...found, handsOn: false });
};

export const javaRules: LanguageRules = {
  bodies: javaBodies,
  comments: "slash",
  decorators: "@",
  rules: {
    import_declaration: importRule,
    class_declaration: classRule,
    interface_declaration: interfaceRule,
    annotation_type_declaration: interfaceRule,
    enum_declaration: enumRule,
    record_declaration: recordRule,
    enum_body_declarations: lookThrough,
    enum_constant: leafRule(always("field"), asOwner),
    method_declaration: leafRule(always("method"), isExported),
    constructor_declaration: leafRule(always("method"), isExported),
    compact_constructor_declaration: leafRule(always("method"), isExported),
    annotation_type_element_declaration: leafRule(always("method"), isExported),
    field_declaration: fieldRule,
    constant_declaration: fieldRule,
  },
  finish() {},
};
