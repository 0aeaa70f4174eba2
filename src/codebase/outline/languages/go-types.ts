import type { SymbolKind } from "../../codebase.ts";
import { endWithValue } from "../fold-signature.ts";
import type { Rule } from "../grammar.ts";
import { readBases } from "../read-bases.ts";
import { memberScope, type Scope, type Walk } from "../walk.ts";
import { isCapital } from "./go-visibility.ts";

const KINDS: Readonly<Record<string, SymbolKind>> = {
  struct_type: "class",
  interface_type: "interface",
};

/** `type A struct {…}`, and each of `type ( … )`. */
export const goTypeRule: Rule = (walk, scope) => {
  const start = walk.start;
  const grouped = /^type\s*\(/.test(walk.text.slice(start, start + 40));
  walk.children(() => {
    const type = walk.type;
    if (type !== "type_spec" && type !== "type_alias") return;
    declareType(walk, scope, grouped ? walk.start : start);
  });
};

function declareType(walk: Walk, scope: Scope, start: number): void {
  const end = walk.end;
  let name = "";
  walk.children(() => {
    const field = walk.field;
    if (field === "name") name = walk.source;
    if (field !== "type") return;
    const kind = KINDS[walk.type];
    const opening = walk.text.indexOf("{", walk.start);
    const headEnd = kind !== undefined && opening >= 0 && opening < end ? opening : end;
    const exported = isCapital(name);
    // Filled below: what is embedded is only known when the members are read.
    const bases: string[] = [];
    walk.declare(scope, { name, kind: kind ?? "type", exported, start, headEnd, end, bases });
    if (kind !== undefined) readMembers(walk, memberScope(name, exported), bases);
  });
}

function readMembers(walk: Walk, members: Scope, bases: string[]): void {
  walk.children(() => {
    const type = walk.type;
    if (type === "field_declaration_list") readMembers(walk, members, bases);
    else if (type === "field_declaration") readField(walk, members, bases);
    else if (type === "method_elem") declareMethod(walk, members);
    else if (type === "type_elem") bases.push(...readBases(walk.source));
  });
}

/** `a, B int` declares two; without a name the type is embedded. */
function readField(walk: Walk, members: Scope, bases: string[]): void {
  const { start, end } = walk;
  const headEnd = endWithValue(walk.text, start, fieldEnd(walk.text, start, end));
  let named = false;
  walk.children(() => {
    const field = walk.field;
    if (field === "name") {
      const name = walk.source;
      named = true;
      if (/^[\p{L}_]/u.test(name)) {
        walk.declare(members, {
          name,
          kind: "field",
          exported: isCapital(name),
          start,
          headEnd,
          end,
        });
      }
    } else if (field === "type" && !named) bases.push(...readBases(walk.source));
    return field !== "type";
  });
}

/** Tags are no part of a signature, nor is the body of a struct within a struct. */
function fieldEnd(text: string, start: number, end: number): number {
  const source = text.slice(start, Math.min(end, start + 2_000));
  const stop = source.search(/[`"{]/);
  return stop < 0 ? end : start + stop;
}

function declareMethod(walk: Walk, members: Scope): void {
  const head = walk.open();
  walk.close(head);
  walk.declare(members, { ...head, kind: "method", exported: isCapital(head.name) });
}
