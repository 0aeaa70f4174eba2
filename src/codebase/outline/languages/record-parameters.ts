import type { Scope, Walk } from "../walk.ts";

const LISTS = new Set(["formal_parameters", "parameter_list"]);

/** What the head of a record (or of a class of C#) takes is a field of it. */
export function declareParameters(walk: Walk, members: Scope): void {
  walk.children(() => {
    if (!LISTS.has(walk.type)) return;
    walk.children(() => {
      const head = walk.open();
      walk.close(head);
      walk.declare(members, { ...head, headEnd: head.end, kind: "field" });
    });
  });
}
