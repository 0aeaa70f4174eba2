import type { GitHubApi } from "./api.ts";

const signs = { seen: "eyes", accepted: "rocket", refused: "-1" } as const;

/** Reacts to a person's comment. GitHub keeps one reaction of a kind, so doing it twice changes nothing; a refusal is no matter. */
export async function acknowledgeComment(
  api: GitHubApi,
  comment: string,
  sign: keyof typeof signs,
): Promise<void> {
  const id = Number(comment);
  if (!/^\d{1,15}$/.test(comment) || !Number.isSafeInteger(id)) return;
  await api.request("POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions", {
    comment_id: id,
    content: signs[sign],
  });
}
