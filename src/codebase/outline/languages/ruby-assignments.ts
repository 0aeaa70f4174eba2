import { endWithValue } from "../fold-signature.ts";
import type { Rule } from "../grammar.ts";
import { memberScope, type Scope, type Walk } from "../walk.ts";
import { enterBlock } from "./ruby-calls.ts";

const CLASS_MAKER = /^(Struct|Class|Module|Data)\s*\.\s*(?:new|define)\b\s*(?:\(([^)]{0,1000})\))?/;

/** Constants; those that hold `Struct.new(…)` and the like are classes with fields. */
export const assignmentRule: Rule = (walk, scope) => {
  const { start, end } = walk;
  const source = walk.text.slice(start, Math.min(end, start + 1_200));
  const [whole, name] = /^([A-Z]\w*)\s*(?:\|\|)?=\s*/.exec(source) ?? [];
  if (whole === undefined || name === undefined) return;
  const made = CLASS_MAKER.exec(source.slice(whole.length));
  if (made !== null) return declareMade(walk, scope, { name, made, start, end });
  const headEnd = endWithValue(walk.text, start, end);
  walk.declare(scope, { name, kind: "constant", exported: true, start, headEnd, end });
};

type Made = { name: string; made: RegExpExecArray; start: number; end: number };

function declareMade(walk: Walk, scope: Scope, { name, made, start, end }: Made): void {
  const [call, maker = "", list = ""] = made;
  const kind = maker === "Module" ? "module" : "class";
  const headEnd = Math.min(end, walk.text.indexOf(maker, start) + call.length);
  const bases = maker === "Class" ? (/^[\w:]+$/.test(list) ? [list] : []) : [maker];
  walk.declare(scope, { name, kind, exported: true, start, headEnd, end, bases });
  const members = memberScope(name, true);
  members.bases = bases;
  for (const found of list.matchAll(/:(\w+)/g)) {
    walk.declare(members, { name: found[1] ?? "", kind: "field", start, headEnd, end: headEnd });
  }
  walk.children(() => {
    if (walk.field === "right") enterBlock(walk, members);
  });
}
