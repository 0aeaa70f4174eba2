import type { Scope } from "../walk.ts";

/** By the custom of Python a leading underscore hides a name, but for those of the language (`__init__`). */
export function isPublic(name: string): boolean {
  return !name.startsWith("_") || /^__\w+__$/.test(name);
}

/** A member is seen outside when its class is. */
export function isVisible(name: string, scope: Scope): boolean {
  return isPublic(name) && (scope.owner === null || scope.exported);
}
