import { ecmascriptBodies } from "../bodies/body-style.ts";
import type { LanguageRules } from "../grammar.ts";
import { assignmentRule } from "./ecmascript-assignments.ts";
import { classRule, enumRule, interfaceRule } from "./ecmascript-classes.ts";
import { exportRule, markExported } from "./ecmascript-exports.ts";
import { calledImports, importRule } from "./ecmascript-imports.ts";
import { memberRules } from "./ecmascript-members.ts";
import {
  ambientRule,
  conditionRule,
  functionRule,
  moduleRule,
  statementRule,
  typeAliasRule,
} from "./ecmascript-statements.ts";
import { variablesRule } from "./ecmascript-values.ts";

/** TypeScript, TSX and JavaScript: one set of rules, for a grammar knows only its own types. */
export const ecmascriptRules: LanguageRules = {
  comments: "slash",
  decorators: "@",
  bodies: ecmascriptBodies,
  rules: {
    import_statement: importRule,
    export_statement: exportRule,
    expression_statement: statementRule,
    ambient_declaration: ambientRule,
    internal_module: moduleRule,
    module: moduleRule,
    statement_block: conditionRule,
    if_statement: conditionRule,
    else_clause: conditionRule,
    try_statement: conditionRule,
    function_declaration: functionRule,
    generator_function_declaration: functionRule,
    function_signature: functionRule,
    class_declaration: classRule,
    abstract_class_declaration: classRule,
    interface_declaration: interfaceRule,
    type_alias_declaration: typeAliasRule,
    enum_declaration: enumRule,
    lexical_declaration: variablesRule,
    variable_declaration: variablesRule,
    assignment_expression: assignmentRule,
    ...memberRules,
  },
  finish(walk, isCode) {
    calledImports(walk, isCode);
    markExported(walk);
  },
};
