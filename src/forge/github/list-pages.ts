import type { Answer, Route } from "./api.ts";
import type { Refused } from "./explain-answer.ts";

/** An answer with the header that names its next page. */
export type Answered = { ok: true; status: number; data: unknown; link: string | undefined };
export type Ask = (route: string, parameters: object) => Promise<Answered | Refused>;

/** Described without pages: asked for as described, and on only where the answer names a next page. */
const unpaged: ReadonlySet<string> = new Set(["GET /repos/{owner}/{repo}/git/matching-refs/{ref}"]);
const defaultSize = 30;
const mostOfPage = 100;

/** Pages beyond those that `limit` needs: some are not full, but a list that never ends is none. */
const spare = 10;

/** All items of a list up to `limit`, page by page. */
export async function listPages<T>(
  ask: Ask,
  route: Route,
  parameters: Record<string, unknown>,
  limit: number,
): Promise<Answer<{ items: T[]; complete: boolean }>> {
  const items: T[] = [];
  const plain = unpaged.has(route);
  const size = plain ? defaultSize : Math.min(mostOfPage, Math.max(1, limit));
  const last = Math.ceil(limit / size) + spare;
  for (let page = 1; ; page += 1) {
    const paging = page === 1 && plain ? {} : { per_page: size, page };
    const answer = await ask(route, { ...parameters, ...paging });
    if (!answer.ok) return answer;
    items.push(...(readItems(answer.data) as T[]));
    const more = answer.link?.includes('rel="next"') ?? false;
    if (more && items.length < limit && page < last) continue;
    const complete = !more && items.length <= limit;
    return { ok: true, status: answer.status, data: { items: items.slice(0, limit), complete } };
  }
}

/** Lists come plain, or under the one name that holds them (`workflow_runs`, `artifacts`, `check_runs`). */
function readItems(data: unknown): unknown[] {
  if (Array.isArray(data)) return data;
  const members = Object.values((data ?? {}) as object);
  return members.find((member): member is unknown[] => Array.isArray(member)) ?? [];
}
