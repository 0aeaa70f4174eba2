import type { SymbolKind } from "../../codebase.ts";
import type { Rule } from "../grammar.ts";
import { cleanName, type Scope, type Walk } from "../walk.ts";
import { isFunctionType, isHidden, valueEnd } from "./ecmascript-heads.ts";

const ACCESSOR = /^(?:(?:public|protected|private|static|override|abstract)\s+)*[gs]et\s+[^(\s]/;
const PARAMETER_PROPERTY =
  /[(,]\s*(?:@[^,]{0,200}\s)?(?:public|private|protected|readonly|override)\s/;
const LOOKED_AT = 300;

type Member = { name: string; kind: SymbolKind; start: number; headEnd: number; end: number };

/** Overloads and the two halves of an accessor are one member. */
function declareMember(walk: Walk, scope: Scope, member: Member): void {
  const name = cleanName(member.name);
  const known = scope.known.get(name);
  if (known !== undefined) {
    walk.extend(known, member.end);
    return;
  }
  const exported = scope.exported && !isHidden(name, beginning(walk, member));
  walk.declare(scope, { ...member, name, exported });
}

function beginning(walk: Walk, { start, headEnd }: { start: number; headEnd: number }): string {
  return walk.text.slice(start, Math.min(headEnd, start + LOOKED_AT));
}

const methodRule: Rule = (walk, scope) => {
  if (scope.place === "file") return;
  const head = walk.open();
  walk.close(head);
  const callable = scope.owner === null ? "function" : "method";
  const kind = ACCESSOR.test(beginning(walk, head)) ? "field" : callable;
  declareMember(walk, scope, { ...head, kind });
  if (head.name !== "constructor") return;
  if (PARAMETER_PROPERTY.test(walk.text.slice(head.start, head.headEnd))) {
    parameterProperties(walk, scope);
  }
};

/** `constructor(private readonly store: Store)` declares a field. */
function parameterProperties(walk: Walk, scope: Scope): void {
  walk.children(() => {
    if (walk.field !== "parameters") return true;
    walk.children(() => {
      const head = walk.open("pattern");
      walk.close(head);
      if (/^(?:public|private|protected|readonly|override)\s/.test(beginning(walk, head))) {
        declareMember(walk, scope, { ...head, kind: "field" });
      }
    });
    return false;
  });
}

const fieldRule: Rule = (walk, scope) => {
  if (scope.place === "file") return;
  const end = walk.end;
  const member: Member = { name: "", kind: "field", start: -1, headEnd: end, end };
  walk.children(() => {
    const field = walk.field;
    if (field === "decorator") return;
    if (member.start < 0) member.start = walk.start;
    if (field === "name" || field === "property") member.name = walk.source;
    if (field !== "value") return;
    const type = walk.type;
    if (isFunctionType(type)) member.kind = "method";
    member.headEnd = valueEnd(walk, type);
  });
  declareMember(walk, scope, member);
};

/** `A` and `A = 1` of an enum. */
const enumMemberRule: Rule = (walk, scope) => {
  if (scope.place !== "members") return;
  const { start, end } = walk;
  const name = /^[^=]*/.exec(walk.text.slice(start, Math.min(end, start + LOOKED_AT)))?.[0] ?? "";
  declareMember(walk, scope, { name, kind: "field", start, headEnd: end, end });
};

export const memberRules: Readonly<Record<string, Rule>> = {
  method_definition: methodRule,
  method_signature: methodRule,
  abstract_method_signature: methodRule,
  public_field_definition: fieldRule,
  field_definition: fieldRule,
  property_signature: fieldRule,
  property_identifier: enumMemberRule,
  enum_assignment: enumMemberRule,
  string: enumMemberRule,
};
