import type { GitHubApi } from "../forge/github/api.ts";
import type { Actor } from "../workflow/role.ts";

/** Account id of nobody: the push is a fact, whoever made it. */
const unknown: Actor = { id: "0", login: "somebody", role: "none", kind: "person" };

/** Who a commit says it is by, for the audit trail; nothing is decided by it. */
export async function findPusher(api: GitHubApi, commit: string): Promise<Actor> {
  const answer = await api.request("GET /repos/{owner}/{repo}/commits/{ref}", { ref: commit });
  if (!answer.ok) return unknown;
  const account = (answer.data.committer ?? answer.data.author) as {
    id?: unknown;
    login?: unknown;
    type?: unknown;
  } | null;
  if (typeof account?.login !== "string") return unknown;
  const kind = account.type === "Bot" ? ("bot" as const) : ("person" as const);
  return { id: String(account.id), login: account.login, role: "none", kind };
}
