import type { Refusal } from "./refusal.ts";
import { type Actor, type Role, roles } from "./role.ts";

/** Roles that are at least this one, strongest first. */
export const atLeast = (role: Role): Role[] => roles.slice(0, roles.indexOf(role) + 1);

/** Why this actor may not ask for it: a machine never decides, and `none` reaches nothing that needs a person. */
export function checkActor(actor: Actor, action: string, least: Role): Refusal | null {
  if (actor.kind !== "person") return { reason: "not-a-person", login: actor.login };
  const needs = atLeast(least);
  if (needs.includes(actor.role)) return null;
  return { reason: "role-too-low", action, role: actor.role, needs };
}
