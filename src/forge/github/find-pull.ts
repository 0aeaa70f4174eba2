import type { Answer } from "./api.ts";
import type { Desk } from "./reconcile-desk.ts";

/** A pull request as the list shows it. */
export type FoundPull = {
  number: number;
  node_id: string;
  state: string;
  title: string;
  body: string | null;
  draft?: boolean;
  user: { id: number; login: string } | null;
  head: { ref: string; sha: string; repo: { full_name: string } | null };
  base: { ref: string; sha: string };
};

/**
 * The pull request of a branch, by nothing but the branch: the open one, else the latest that was closed. One that a person opened is
 * found as well as ours; one from a fork with a branch of that name is not.
 */
export async function findPull(desk: Desk, branch: string): Promise<Answer<FoundPull | null>> {
  const { owner, name } = desk.api.repository;
  const answer = await desk.api.list<FoundPull>(
    "GET /repos/{owner}/{repo}/pulls",
    { head: `${owner}:${branch}`, state: "all" },
    100,
  );
  if (!answer.ok) return answer;
  const full = `${owner}/${name}`.toLowerCase();
  const ours = answer.data.items
    .filter(({ head }) => head.ref === branch)
    .filter(({ head }) => head.repo === null || head.repo.full_name.toLowerCase() === full)
    .toSorted((a, b) => b.number - a.number);
  return { ...answer, data: ours.find(({ state }) => state === "open") ?? ours[0] ?? null };
}
