import { endWithValue } from "../fold-signature.ts";
import type { Rule } from "../grammar.ts";
import { skipDecorators } from "../skip-decorators.ts";
import type { IsExported } from "./declare.ts";
import { wordsOf } from "./declare.ts";

/** Types are internal unless they say otherwise, members private; those of an interface are public. */
export const isVisible: IsExported = (words, _name, scope) => {
  const own = /\b(?:public|protected|internal)\b/.test(words);
  const hidden = /\b(?:private|file)\s/.test(words);
  if (scope.owner === null) return !hidden;
  return scope.exported && (own || (scope.place === "object" && !hidden));
};

const SHORT = 60;

/** `string Name { get; set; }`: accessors of one line belong to the signature, longer ones and values do not. */
export const propertyRule: Rule = (walk, scope) => {
  const head = walk.open();
  walk.close(head);
  let headEnd = head.end;
  walk.children(() => {
    const field = walk.field;
    if (field !== "accessors" && field !== "value") return true;
    const { start, end } = walk;
    const short = end - start <= SHORT && !walk.text.slice(start, end).includes("\n");
    headEnd = short && field === "accessors" ? end : start;
    return false;
  });
  const exported = isVisible(wordsOf(walk, head), head.name, scope);
  walk.declare(scope, { ...head, headEnd, kind: "field", exported });
};

/** `private int a = 1, b;`, `public event Handler Done;`. */
export const fieldRule: Rule = (walk, scope) => {
  const { end } = walk;
  const start = skipDecorators(walk.text, { start: walk.start, end, sign: "[" });
  const headEnd = endWithValue(walk.text, start, end);
  const words = walk.text.slice(start, Math.min(headEnd, start + 300)).split("=")[0] ?? "";
  walk.children(() => {
    if (walk.type !== "variable_declaration") return;
    walk.children(() => {
      if (walk.type !== "variable_declarator") return;
      const name = /^@?[\p{L}\p{N}_]+/u.exec(walk.source.slice(0, 210))?.[0] ?? "";
      const exported = isVisible(words, name, scope);
      walk.declare(scope, { name, kind: "field", exported, start, headEnd, end });
    });
  });
};
