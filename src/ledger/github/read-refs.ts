import { type Result, succeed } from "../../shared/result.ts";
import { issuesFolder, parseIssueRefs } from "../ref-names.ts";
import { type Remote, unavailable } from "./remote.ts";

const mostIssues = 100_000;
const short = (name: string): string => name.slice("refs/".length);

/** The commit that the ref of exactly this name holds; null when there is none. The answer can be an old one. */
export async function readRef({ api }: Remote, name: string): Promise<Result<string | null>> {
  const route = "GET /repos/{owner}/{repo}/git/ref/{ref}";
  const answer = await api.request(route, { ref: short(name) });
  // 409: the repository is empty.
  if (!answer.ok) return answer.status === 404 || answer.status === 409 ? succeed(null) : answer;
  // Servers of the past answered a prefix too: 1 for 10.
  return succeed(answer.data.ref === name ? answer.data.object.sha : null);
}

export async function listIssues({ api }: Remote): Promise<Result<number[]>> {
  const route = "GET /repos/{owner}/{repo}/git/matching-refs/{ref}";
  const answer = await api.list<{ ref: string }>(route, { ref: short(issuesFolder) }, mostIssues);
  if (!answer.ok) return answer.status === 409 ? succeed([]) : answer;
  if (!answer.data.complete) return unavailable(`there are more than ${mostIssues} ledgers`);
  return succeed(parseIssueRefs(answer.data.items.map(({ ref }) => ref)));
}

/** Whether `commit` is `head` or one of its ancestors. A commit that GitHub does not have (yet) is not. */
export async function contains(
  remote: Remote,
  head: string,
  commit: string,
): Promise<Result<boolean>> {
  if (head === commit) return succeed(true);
  if (remote.commits.find(head)?.parents.includes(commit)) return succeed(true);
  const here = await remote.clone?.contains(head, commit);
  if (typeof here === "boolean") return succeed(here);
  const route = "GET /repos/{owner}/{repo}/compare/{basehead}";
  // The second page has no files: only the answer's head is wanted.
  const parameters = { basehead: `${commit}...${head}`, per_page: 1, page: 2 };
  const answer = await remote.api.request(route, parameters);
  if (!answer.ok) {
    return answer.status === 404 || answer.status === 422 ? succeed(false) : answer;
  }
  return succeed(answer.data.status === "ahead" || answer.data.status === "identical");
}
