import type { SymbolKind } from "../../codebase.ts";
import type { LanguageRules, Rule } from "../grammar.ts";
import { readBases } from "../read-bases.ts";
import { memberScope, type Scope, type Walk } from "../walk.ts";
import { lookThrough } from "./declare.ts";
import { assignmentRule } from "./ruby-assignments.ts";
import { callRule, sectionRule } from "./ruby-calls.ts";
import { rubyRequires } from "./ruby-requires.ts";

/** Classes and modules are seen by all, until `private_constant` says otherwise; their bodies begin with a public section. */
function containerRule(kind: SymbolKind): Rule {
  return (walk, scope) => {
    const { start, end } = walk;
    let name = "";
    let headEnd = end;
    const bases: string[] = [];
    const members = memberScope("", true);
    members.bases = bases;
    const declareOnce = () => {
      if (members.owner !== "") return;
      members.owner = name;
      walk.declare(scope, { name, kind, exported: true, start, headEnd, end, bases });
    };
    walk.children(() => {
      const field = walk.field;
      if (field === "name") {
        name = walk.source.replace(/\s+/g, "");
        headEnd = walk.end;
      } else if (field === "superclass") {
        headEnd = walk.end;
        bases.push(...readBases(walk.source.replace(/^\s*<\s*/, "")));
      } else if (field === "body") {
        declareOnce();
        walk.enter(members);
      }
    });
    declareOnce();
  };
}

/** `def a(b)`, `def self.a(b)`; at the top of a file a function. */
const methodRule: Rule = (walk, scope) => {
  const { start, end } = walk;
  let name = "";
  let headEnd = end;
  walk.children(() => {
    const field = walk.field;
    if (field === "name") {
      name = walk.source;
      headEnd = walk.end;
    } else if (field === "parameters") headEnd = walk.end;
    return field !== "parameters";
  });
  const kind = scope.owner === null ? "function" : "method";
  const exported = scope.owner === null || scope.exported;
  walk.declare(scope, { name, kind, exported, start, headEnd, end });
};

/** `class << self` holds methods of the class, in sections of their own. */
const singletonClassRule: Rule = (walk, scope) => {
  const members: Scope = { ...scope, exported: true };
  walk.children(() => {
    if (walk.field === "body") walk.enter(members);
  });
};

const aliasRule: Rule = (walk: Walk, scope) => {
  const { start, end } = walk;
  const name = /^alias\s+:?(\S+)/.exec(walk.text.slice(start, Math.min(end, start + 300)))?.[1];
  if (name !== undefined) walk.declare(scope, { name, kind: "method", start, headEnd: end, end });
};

const LOOKED_THROUGH = ["if", "unless", "then", "else", "elsif", "begin", "body_statement"];

export const rubyRules: LanguageRules = {
  comments: "hash",
  decorators: null,
  rules: {
    class: containerRule("class"),
    module: containerRule("module"),
    singleton_class: singletonClassRule,
    method: methodRule,
    singleton_method: methodRule,
    alias: aliasRule,
    assignment: assignmentRule,
    identifier: sectionRule,
    call: callRule,
    ...Object.fromEntries(LOOKED_THROUGH.map((type) => [type, lookThrough])),
  },
  finish: rubyRequires,
};
