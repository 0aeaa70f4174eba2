import type { Permissions, WorkflowDefinition } from "./workflow-definition.ts";

/** What a token may where no `permissions` says anything, in a repository of today. */
export const usualPermissions: Permissions = { contents: "read", packages: "read" };

const rank = { none: 0, read: 1, write: 2 } as const;
const levelOf = (permissions: Permissions, scope: string): keyof typeof rank =>
  permissions[scope] ?? "none";

/** Why a called workflow may not start, in GitHub's words: some job of it asks for more than the caller grants. */
export function findExcess(
  called: WorkflowDefinition,
  reference: string,
  granted: Permissions,
): string | null {
  for (const job of called.jobs.values()) {
    const wanted = job.permissions ?? called.permissions;
    if (!wanted) continue;
    const over = Object.keys(wanted)
      .sort()
      .filter((scope) => rank[levelOf(wanted, scope)] > rank[levelOf(granted, scope)]);
    if (over.length === 0) continue;
    const asked = over.map((scope) => `${scope}: ${levelOf(wanted, scope)}`).join(", ");
    const allowed = over.map((scope) => `${scope}: ${levelOf(granted, scope)}`).join(", ");
    return (
      `The workflow is not valid. Error calling workflow '${reference}'. ` +
      `The nested job '${job.id}' is requesting '${asked}', but is only allowed '${allowed}'.`
    );
  }
  return null;
}

/** A token of a run that a fork caused may read only, whatever the file says. */
export const readOnly = (permissions: Permissions): Permissions =>
  Object.fromEntries(Object.keys(permissions).map((scope) => [scope, "read" as const]));
