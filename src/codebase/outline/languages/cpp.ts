import { endWithValue } from "../fold-signature.ts";
import type { LanguageRules, Rule } from "../grammar.ts";
import { memberScope, type Scope } from "../walk.ts";
import { classRule, enumRule, sectionRule, typedefRule } from "./cpp-classes.ts";
import { declarationRule, functionRule } from "./cpp-declarations.ts";
import { cppIncludes } from "./cpp-includes.ts";
import { blankMacros } from "./cpp-macros.ts";
import { always, asOwner, leafRule, lookThrough } from "./declare.ts";

/** What a namespace holds belongs to it; what has no name is for this file alone. */
const namespaceRule: Rule = (walk, scope) => {
  const head = walk.open();
  const name = head.name.replace(/\s+/g, "");
  const hidden = name === "" || scope.place === "block";
  if (name !== "") walk.declare(scope, { ...head, name, kind: "module", exported: !hidden });
  const inner: Scope = memberScope(name, false);
  const owner = name === "" ? scope.owner : name;
  if (head.body >= 0) walk.enter({ ...inner, owner, place: hidden ? "block" : "file" });
  walk.close(head);
};

/** A macro that stands for something; guards of headers stand for nothing. */
const macroRule: Rule = (walk, scope) => {
  const { start } = walk;
  const stop = walk.text.indexOf("\n", start);
  const line = walk.text.slice(start, Math.min(stop < 0 ? walk.end : stop, start + 400));
  const found = /^#\s*define\s+(\w+)(\([^)]*\)?)?\s*(\S?)/.exec(line);
  if (found?.[1] === undefined || (found[2] === undefined && found[3] === "")) return;
  const call = found[2] !== undefined;
  walk.declare(scope, {
    name: found[1],
    kind: call ? "function" : "constant",
    exported: true,
    start,
    headEnd: start + (call ? found[0].length - (found[3]?.length ?? 0) : line.length),
    end: walk.end,
  });
};

const aliasRule: Rule = (walk, scope) => {
  const head = walk.open();
  walk.close(head);
  const headEnd = endWithValue(walk.text, head.start, head.end);
  const exported = scope.place === "members" ? scope.exported : scope.place === "file";
  walk.declare(scope, { ...head, headEnd, kind: "type", exported });
};

export const cppRules: LanguageRules = {
  comments: "slash",
  decorators: null,
  prepare: blankMacros,
  rules: {
    preproc_def: macroRule,
    preproc_function_def: macroRule,
    preproc_if: lookThrough,
    preproc_ifdef: lookThrough,
    preproc_else: lookThrough,
    preproc_elif: lookThrough,
    linkage_specification: lookThrough,
    declaration_list: lookThrough,
    template_declaration: lookThrough,
    namespace_definition: namespaceRule,
    class_specifier: classRule,
    struct_specifier: classRule,
    union_specifier: classRule,
    enum_specifier: enumRule,
    enumerator: leafRule(always("field"), asOwner),
    access_specifier: sectionRule,
    function_definition: functionRule,
    declaration: declarationRule,
    field_declaration: declarationRule,
    type_definition: typedefRule,
    alias_declaration: aliasRule,
    concept_definition: aliasRule,
  },
  finish: cppIncludes,
};
