import type { Answer, GitHubApi, Parameters } from "./api.ts";
import { type Marker, readMarked } from "./comment-marker.ts";

/** A comment of ours: its author is one of our accounts, and it begins with our marker. */
export type OwnComment = Marker & {
  id: number;
  nodeId: string;
  /** null: this server does not say. */
  minimized: boolean | null;
};

type Raw = {
  id: number;
  node_id: string;
  body?: string;
  user: { id: number } | null;
  minimized?: object | null;
};

/** GitHub allows no more on one issue. */
const MOST_COMMENTS = 2500;

export const toOwnComment = (raw: Raw): OwnComment | null => {
  const marker = readMarked(raw.body);
  if (!marker) return null;
  const minimized = raw.minimized === undefined ? null : raw.minimized !== null;
  return { ...marker, id: raw.id, nodeId: raw.node_id, minimized };
};

/** Our comments of a thread, oldest first. A marker in somebody else's comment is nothing. */
export async function listOwnComments(
  api: GitHubApi,
  thread: number,
  own: ReadonlySet<string>,
): Promise<Answer<OwnComment[]>> {
  const answer = await api.list<Raw>(
    "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
    {
      issue_number: thread,
    } satisfies Parameters<"GET /repos/{owner}/{repo}/issues/{issue_number}/comments">,
    MOST_COMMENTS,
  );
  if (!answer.ok) return answer;
  const comments = answer.data.items
    .filter(({ user }) => user !== null && own.has(String(user.id)))
    .flatMap((raw) => toOwnComment(raw) ?? []);
  return { ...answer, data: comments.sort((a, b) => a.id - b.id) };
}
