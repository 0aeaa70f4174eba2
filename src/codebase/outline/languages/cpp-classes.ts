import type { Rule } from "../grammar.ts";
import { basesAfterColon } from "../read-bases.ts";
import { memberScope, type Scope, type Walk } from "../walk.ts";
import { heritageOf } from "./declare.ts";

export const classRule: Rule = (walk, scope) => declareClass(walk, scope, null);

/** A class, struct or union with a body; one without is only announced. Members of a struct are public until a section says otherwise. */
export function declareClass(
  walk: Walk,
  scope: Scope,
  known: { name: string; start: number } | null,
): void {
  const head = walk.open();
  if (head.body >= 0) {
    const name = known?.name ?? head.name.replace(/\s*<[\s\S]*$/, "");
    const exported = isSeen(scope);
    const written = heritageOf(walk, head).replace(
      /\b(?:public|private|protected|virtual|final)\b/g,
      "",
    );
    const bases = basesAfterColon(written);
    const start = known?.start ?? head.start;
    walk.declare(scope, { ...head, name, start, kind: "class", exported, bases });
    const open = !walk.text.startsWith("class", head.start);
    walk.enter(memberScope(name, open && exported));
  }
  walk.close(head);
}

/** Nameless ones give their members to what is around them, as C does. */
export const enumRule: Rule = (walk, scope) => {
  const head = walk.open();
  if (head.body >= 0) {
    const exported = isSeen(scope);
    walk.declare(scope, { ...head, kind: "enum", exported });
    walk.enter({ ...memberScope(head.name, exported), owner: head.name || scope.owner });
  }
  walk.close(head);
};

export function isSeen(scope: Scope): boolean {
  return scope.place === "members" ? scope.exported : scope.place === "file";
}

/** `public:`, `private:` of a class. */
export const sectionRule: Rule = (walk, scope) => {
  if (scope.place === "members") scope.exported = !walk.source.startsWith("private");
};

/** `typedef struct { … } A;` is a class by that name, any other a type. */
export const typedefRule: Rule = (walk, scope) => {
  const { start, end } = walk;
  const name = /([\p{L}_][\p{L}\p{N}_]*)\s*(?:\[[^\]]*\]\s*)?;?$/u.exec(
    walk.text.slice(Math.max(start, end - 200), end),
  )?.[1];
  const pointer = /\(\s*\*\s*([\p{L}_]\w*)\s*\)/u.exec(
    walk.text.slice(start, Math.min(end, start + 400)),
  )?.[1];
  let done = false;
  walk.children(() => {
    if (walk.field !== "type") return;
    const type = walk.type;
    if (!/^(?:struct|union|class)_specifier$/.test(type) || !walk.source.endsWith("}")) return;
    declareClass(walk, scope, name === undefined ? null : { name, start });
    done = true;
  });
  const known = pointer ?? name;
  if (done || known === undefined) return;
  walk.declare(scope, {
    name: known,
    kind: "type",
    exported: isSeen(scope),
    start,
    headEnd: end,
    end,
  });
};
