import type { Rule } from "../grammar.ts";
import { fileScope, memberScope, type Scope, type Walk } from "../walk.ts";
import { isFunctionType } from "./ecmascript-heads.ts";
import { declarePair, declareValue, enterObject } from "./ecmascript-values.ts";

const EXPORTS = /^(?:module\s*\.\s*)?exports$/;
const EXPORTED = /^(?:module\s*\.\s*)?exports\s*\.\s*([\w$]+)$/;
const MEMBER = /^([\w$]+)(?:\s*\.\s*(prototype))?\s*\.\s*([\w$]+)$/;

/** Assignments that export or add a member: `module.exports = …`, `exports.a = …`, `A.prototype.b = function …`. */
export const assignmentRule: Rule = (walk, scope) => {
  if (scope.place !== "file" && scope.place !== "block") return;
  const { start, end } = walk;
  let left = "";
  walk.children(() => {
    const field = walk.field;
    if (field === "left") left = walk.source;
    if (field !== "right") return;
    assign(walk, scope, { left, start, end });
  });
};

type Assignment = { left: string; start: number; end: number };

function assign(walk: Walk, scope: Scope, { left, start, end }: Assignment): void {
  const type = walk.type;
  if (type === "assignment_expression") walk.apply(scope);
  const name = EXPORTED.exec(left)?.[1];
  if (EXPORTS.test(left)) exportValue(walk, scope, { type, start, end });
  else if (name !== undefined) exportNamed(walk, scope, { name, type, start, end });
  else assignMember(walk, scope, { left, type, start, end });
}

/** `A.b = function …`, `A.prototype.b = function …`, `A.prototype = { … }`. */
function assignMember(walk: Walk, scope: Scope, value: Value & { left: string }): void {
  const { left, type, start, end } = value;
  const [, owner = "", prototype, name = ""] = MEMBER.exec(left) ?? [];
  if (name === "prototype" && type === "object") enterObject(walk, owner, scope.exported);
  const plain = !isFunctionType(type) && type !== "class";
  if (name === "" || owner === "this" || (plain && prototype === undefined)) return;
  declareValue(walk, memberScope(owner, scope.exported), { name, start, end, kind: "field" });
}

type Value = { type: string; start: number; end: number };

/** `module.exports = { a, b: c, d() {} }`, `module.exports = a`, `module.exports = function a() {}`. */
function exportValue(walk: Walk, scope: Scope, { type, start, end }: Value): void {
  if (type === "identifier") walk.exportedNames.add(walk.source);
  else if (type === "object") exportObject(walk);
  else if (isFunctionType(type) || type === "class") {
    const head = walk.open();
    walk.close(head);
    const name = head.name === "" ? "default" : head.name;
    declareValue(walk, { ...scope, exported: true }, { name, start, end, kind: "constant" });
  }
}

/** The parts of an exported object are what the file exports. */
function exportObject(walk: Walk): void {
  const scope: Scope = { ...fileScope(), exported: true, place: "object" };
  walk.children(() => {
    const type = walk.type;
    if (type === "shorthand_property_identifier") walk.exportedNames.add(walk.source);
    else if (type === "method_definition") walk.apply(scope);
    else if (type === "pair") exportPair(walk, scope);
  });
}

/** `b: c` exports `c`, which is declared elsewhere; `b: function () {}` declares `b`. */
function exportPair(walk: Walk, scope: Scope): void {
  const source = walk.text.slice(walk.start, Math.min(walk.end, walk.start + 300));
  const name = /^[^:]*:\s*([\p{L}_$][\p{L}\p{N}_$]*)$/u.exec(source)?.[1];
  if (name === undefined) declarePair(walk, scope);
  else walk.exportedNames.add(name);
}

function exportNamed(walk: Walk, scope: Scope, value: Value & { name: string }): void {
  const { name, type, start, end } = value;
  if (type === "identifier") {
    const source = walk.source;
    walk.exportedNames.add(source);
    if (source === name || source === "undefined") return;
  }
  if (type === "assignment_expression") return;
  declareValue(walk, { ...scope, exported: true }, { name, start, end, kind: "constant" });
}
