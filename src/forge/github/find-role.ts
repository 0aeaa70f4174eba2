import { z } from "zod";
import { type Role, roleSchema } from "../../workflow/role.ts";
import type { GitHubApi } from "./api.ts";

/**
 * A role, and the account that GitHub gave it for: logins can be renamed. `accountId` is null where there is no answer, and `asked` false where
 * that is GitHub's or the network's fault and may be otherwise soon.
 */
export type FoundRole = { role: Role; accountId: string | null; asked: boolean };

const right = z.boolean().optional();
const rightsSchema = z
  .object({ admin: right, maintain: right, push: right, triage: right, pull: right })
  .optional();
/** Read as anything from outside: what is not as GitHub describes it gives no role. */
const answerSchema = z.object({
  role_name: z.string(),
  user: z.object({ id: z.union([z.number(), z.bigint()]), permissions: rightsSchema }),
});

/** The role by the collaborator-permission endpoint; `none` on any refusal, fault or doubt. */
export async function findRole(api: Pick<GitHubApi, "request">, login: string): Promise<FoundRole> {
  const nobody: FoundRole = { role: "none", accountId: null, asked: true };
  if (login === "") return nobody;
  const answer = await api.request(
    "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
    {
      username: login,
    },
  );
  if (!answer.ok) return { ...nobody, asked: answer.status === 404 };
  const read = answerSchema.safeParse(answer.data);
  if (!read.success) return nobody;
  const { role_name: name, user } = read.data;
  // A name that is not one of GitHub's own is a custom role: what it is based on is told by the rights it has.
  const known = roleSchema.safeParse(name);
  const role = known.success ? known.data : roleOfRights(user.permissions);
  return { role, accountId: String(user.id), asked: true };
}

function roleOfRights(rights: z.infer<typeof rightsSchema>): Role {
  if (rights?.admin) return "admin";
  if (rights?.maintain) return "maintain";
  if (rights?.push) return "write";
  if (rights?.triage) return "triage";
  return rights?.pull ? "read" : "none";
}
