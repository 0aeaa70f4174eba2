import { z } from "zod";

/** GitHub's repository roles, strongest first; `none` is everybody else. */
export const roles = ["admin", "maintain", "write", "triage", "read", "none"] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/** Who did something, with the role that the permission endpoint (never an association or label) answered just now. */
export const actorSchema = z.object({
  /** Stable id; logins can be renamed. */
  id: z.string(),
  login: z.string(),
  role: roleSchema,
  kind: z.enum(["person", "bot"]),
});
export type Actor = z.infer<typeof actorSchema>;
