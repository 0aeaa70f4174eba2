import type { Walk } from "../walk.ts";

const FUNCTIONS = new Set([
  "arrow_function",
  "function_expression",
  "function",
  "generator_function",
]);
const HIDDEN = /^(?:(?:static|readonly|async|override|abstract|declare|get|set) )*private\b/;

export function isFunctionType(type: string): boolean {
  return FUNCTIONS.has(type);
}

/** Whether a member is for its class alone. `head` is the beginning of its declaration. */
export function isHidden(name: string, head: string): boolean {
  return name.startsWith("#") || HIDDEN.test(head);
}

/** Where a signature ends that has a value: after a short one of one line, at the body of a function, before anything else. */
export function valueEnd(walk: Walk, type: string): number {
  const { start, end } = walk;
  if (isFunctionType(type)) {
    const head = walk.open();
    walk.close(head);
    return head.headEnd;
  }
  const long = end - start > 80 || walk.text.slice(start, end).includes("\n");
  return long || type === "object" || type === "class" ? start : end;
}
