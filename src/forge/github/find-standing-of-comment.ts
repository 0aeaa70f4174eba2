import { commands } from "../../workflow/command-registry.ts";
import { LEAST_HASH } from "../../workflow/least-hash.ts";
import { parseCommand } from "../../workflow/parse-command.ts";
import type { StandingAnswer } from "../port.ts";
import type { Data, GitHubApi } from "./api.ts";
import { findRole } from "./find-role.ts";

type Approval = { comment: string; actorId: string; planHash: string };
type Comment = Data<"GET /repos/{owner}/{repo}/issues/comments/{comment_id}">;

/**
 * Proves an approval again from the person's own comment: it is there, in this thread, by the same account, was never edited, and says
 * `/approve` with this plan's hash; and the person's role now. Whatever cannot be proved does not stand; what
 * could not be asked is `unproven` besides.
 */
export async function findStandingOfComment(
  api: GitHubApi,
  issue: number,
  approval: Approval,
): Promise<StandingAnswer> {
  const lost: StandingAnswer = { role: "none", intact: false };
  if (!/^[1-9]\d{0,15}$/.test(approval.comment)) return lost;
  const answer = await api.request("GET /repos/{owner}/{repo}/issues/comments/{comment_id}", {
    comment_id: Number(approval.comment),
  });
  if (!answer.ok) {
    const gone = answer.status === 404 || answer.status === 410;
    return gone ? { ...lost, deleted: true } : { ...lost, unproven: true };
  }
  const comment = answer.data;
  const isTheirs = String(comment.user?.id ?? "") === approval.actorId;
  const inThread = comment.issue_url.endsWith(`/issues/${issue}`);
  if (!comment.user || !isTheirs || !inThread) return lost;
  const [found, edited] = await Promise.all([
    findRole(api, comment.user.login),
    wasEdited(api, comment),
  ]);
  const role = found.accountId === approval.actorId ? found.role : "none";
  const says = approves(comment.body ?? "", approval.planHash);
  // Whether it was edited could not be asked: it does not stand now, and is not lost for that.
  if (edited === null && says) return { role, intact: false, unproven: true };
  const intact = edited === false && says;
  return { role, intact, ...(intact && !found.asked ? { unproven: true } : {}) };
}

/** The same reading of a command as the door's, so that nothing counts here that would not have counted there. */
function approves(body: string, planHash: string): boolean {
  const parsed = parseCommand(body, commands);
  if (parsed.kind !== "command" || parsed.command.name !== "approve") return false;
  const hash = parsed.command.positional[0]?.toLowerCase() ?? "";
  return hash.length >= LEAST_HASH && planHash.toLowerCase().startsWith(hash);
}

type Edit = { node: { lastEditedAt?: string | null } | null };
const editQuery =
  "query CommentEdit($id: ID!) { node(id: $id) { ... on IssueComment { lastEditedAt } } }";

/** Times of REST have whole seconds only; GraphQL also tells of an edit in the second of the comment itself. null: it did not answer. */
async function wasEdited(api: GitHubApi, comment: Comment): Promise<boolean | null> {
  if (comment.updated_at !== comment.created_at) return true;
  const answer = await api.graphql<Edit>(editQuery, { id: comment.node_id });
  return answer.ok ? (answer.data.node?.lastEditedAt ?? null) !== null : null;
}
