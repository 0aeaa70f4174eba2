import { fail, type Result, succeed } from "../../shared/result.ts";
import { Stop } from "../../shared/stop.ts";
import type { Reply } from "../port.ts";
import type { GitHubApi } from "./api.ts";
import { shortHash, writeMarked } from "./comment-marker.ts";
import { fitBody } from "./fit-comment.ts";
import { listOwnComments } from "./list-own-comments.ts";
import { createOnce, take } from "./reconcile-desk.ts";

/** Answers in a thread, once per key however often it is asked. An edit or deletion by a person does not bring it back while one is there. */
export async function replyComment(
  api: GitHubApi,
  thread: number,
  reply: Reply,
  further: ReadonlySet<string> = new Set(),
): Promise<Result<void>> {
  try {
    const own = new Set([...further, take(await api.identity()).id]);
    const key = `reply-${shortHash(reply.key)}`;
    const find = async (): Promise<true | null> => {
      const comments = take(await listOwnComments(api, thread, own));
      return comments.some((comment) => comment.key === key) || null;
    };
    if (await find()) return succeed(undefined);
    const body = writeMarked(
      { key, at: 0 },
      await fitBody(reply.markdown, { issue: thread, link: async () => null }),
    );
    const create = async () => {
      const route = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
      const answer = await api.request(route, { issue_number: thread, body });
      return answer.ok ? { ...answer, data: true as const } : answer;
    };
    take(await createOnce<true>(create, find));
    return succeed(undefined);
  } catch (error) {
    if (error instanceof Stop) return fail(error.failure);
    throw error;
  }
}
