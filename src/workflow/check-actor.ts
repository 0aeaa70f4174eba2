import type { Refusal } from "./refusal.ts";
import { type Actor, type Role, roles } from "./role.ts";

/** Roles that are at least this one, strongest first. */
export const atLeast = (role: Role): Role[] => roles.slice(0, roles.indexOf(role) + 1);

/**
 * Why this actor may not ask for it: the role is all that counts, of a bot too (the door hears those alone that the configuration
 * lists). What only a person may decide asks for one besides.
 */
export function checkActor(actor: Actor, action: string, least: Role): Refusal | null {
  const needs = atLeast(least);
  if (needs.includes(actor.role)) return null;
  return { reason: "role-too-low", action, role: actor.role, needs };
}
