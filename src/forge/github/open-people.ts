import { type Result, succeed } from "../../shared/result.ts";
import type { Issue } from "../../workflow/trigger.ts";
import type { Data, GitHubApi } from "./api.ts";
import type { DeliveredComment, DeliveredPull, Sender } from "./delivery.ts";
import { findRole } from "./find-role.ts";
import type { People } from "./people.ts";

/** GitHub's own account for things whose author was deleted. */
const ghost = { id: 10_137, login: "ghost", type: "User" };
type Account = { id: number | bigint; login: string; type: string } | null;

const senderOf = (account: Account): Sender => {
  const { id, login, type } = account ?? ghost;
  return { id: String(id), login, kind: type === "User" ? "person" : "bot" };
};

const isGone = (status: number): boolean => status === 404 || status === 410;
const mostComments = 300;

/** People and threads of one repository, asked afresh at every call. */
export function openPeople(api: GitHubApi): People {
  let repository: Promise<Result<Issue["repository"]>> | undefined;
  /** The id of a repository never changes, so it is asked for once. */
  const findRepository = (): Promise<Result<Issue["repository"]>> => {
    repository ??= askRepository(api).then((found) => {
      if (!found.ok) repository = undefined;
      return found;
    });
    return repository;
  };
  return {
    async roleOf(login, id) {
      const { role, accountId } = await findRole(api, login);
      return id === undefined || accountId === id ? role : "none";
    },
    async issue(number) {
      const [answer, where] = await Promise.all([
        api.request("GET /repos/{owner}/{repo}/issues/{issue_number}", { issue_number: number }),
        findRepository(),
      ]);
      if (!answer.ok) return answer;
      return where.ok ? succeed(readIssue(answer.data, where.value)) : where;
    },
    async pull(number) {
      const route = "GET /repos/{owner}/{repo}/pulls/{pull_number}";
      const answer = await api.request(route, { pull_number: number });
      if (answer.ok) return succeed(readPull(answer.data));
      return isGone(answer.status) ? succeed(null) : answer;
    },
    async comment(id) {
      if (!/^[1-9]\d{0,18}$/.test(id)) return succeed(null);
      const route = "GET /repos/{owner}/{repo}/issues/comments/{comment_id}";
      const answer = await api.request(route, { comment_id: Number(id) });
      if (answer.ok) return succeed(readComment(answer.data));
      return isGone(answer.status) ? succeed(null) : answer;
    },
    reviewComments: (pull, review) => listReviewComments(api, pull, review),
  };
}

async function askRepository(api: GitHubApi): Promise<Result<Issue["repository"]>> {
  const answer = await api.request("GET /repos/{owner}/{repo}", {});
  if (!answer.ok) return answer;
  return succeed({ id: String(answer.data.id), name: answer.data.full_name });
}

type IssueData = Data<"GET /repos/{owner}/{repo}/issues/{issue_number}">;
function readIssue(issue: IssueData, repository: Issue["repository"]): Issue {
  const { id, login } = senderOf(issue.user);
  return {
    repository,
    id: String(issue.id),
    number: issue.number,
    title: issue.title,
    body: issue.body ?? "",
    requester: { id, login },
  };
}

type PullData = Data<"GET /repos/{owner}/{repo}/pulls/{pull_number}">;
const readPull = ({ number, user, head, base }: PullData): DeliveredPull => ({
  number,
  authorId: senderOf(user).id,
  branch: head.ref,
  head: head.sha,
  // By id: a fork may have the same name, and a deleted one is null.
  fork: (head.repo as { id: number } | null)?.id !== base.repo.id,
  baseBranch: base.ref,
});

type CommentData = Data<"GET /repos/{owner}/{repo}/issues/comments/{comment_id}">;
const readComment = (comment: CommentData): DeliveredComment => ({
  id: String(comment.id),
  body: comment.body ?? "",
  author: senderOf(comment.user),
  createdAt: comment.created_at,
  updatedAt: comment.updated_at,
});

const reviewRoute = "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/comments";

async function listReviewComments(
  api: GitHubApi,
  pull: number,
  review: string,
): ReturnType<People["reviewComments"]> {
  type Comment = Data<typeof reviewRoute>[number];
  const parameters = { pull_number: pull, review_id: Number(review) };
  const answer = await api.list<Comment>(reviewRoute, parameters, mostComments);
  if (!answer.ok) return answer;
  return succeed(
    answer.data.items.map(({ path, line, original_line, body }) => ({
      path,
      line: line ?? original_line ?? null,
      body,
    })),
  );
}
