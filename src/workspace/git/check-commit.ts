import { Stop } from "../../shared/stop.ts";

/**
 * The commit, when it is a full id. Ids come from a ledger that anybody with the repository can write by hand, and git takes
 * a word that begins with `-` for an option. Anything else is thrown as `Stop` with `git-failed`.
 */
export function checkCommit(commit: string): string {
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit)) return commit;
  const detail = `${JSON.stringify(commit.slice(0, 100))} is not the full id of a commit`;
  throw new Stop({ reason: "git-failed", command: "rev-parse", detail });
}
