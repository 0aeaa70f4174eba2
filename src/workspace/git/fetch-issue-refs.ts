import { type Result, succeed } from "../../shared/result.ts";
import { openRemote, type Remote } from "./remote-git.ts";

/** Refs of an issue that phases read: kept work, and the branches of its specs. */
const patternsOf = (issue: number): string[] => [
  `refs/archwright/work/${issue}/*`,
  `refs/heads/archwright/${issue}-*`,
];

/**
 * Makes the clone's refs of an issue equal to the remote's: `refs/archwright/work/<issue>/*` and the branches `archwright/<issue>-*`, with
 * their commits. What the remote has no more is gone here too. Failures: `git-failed`, `disk-full`.
 */
export async function fetchIssueRefs(remote: Remote, issue: number): Promise<Result<void>> {
  const git = await openRemote(remote);
  if (!git.ok) return git;
  const refspecs = patternsOf(issue).map((pattern) => `+${pattern}:${pattern}`);
  const flags = [
    "--quiet",
    "--no-tags",
    "--prune",
    "--no-write-fetch-head",
    "--no-auto-maintenance",
  ];
  const fetched = await git.value(["fetch", ...flags, remote.url, ...refspecs]);
  return fetched.ok ? succeed(undefined) : fetched;
}

/** Kept work of an issue in a repository: refs below `refs/archwright/work/<issue>/`, with their commits. */
export async function readWorkRefs(
  place: Pick<Remote, "repository" | "environment">,
  issue: number,
): Promise<Result<Record<string, string>>> {
  const git = await openRemote({ ...place, url: "", token: null });
  if (!git.ok) return git;
  const format = "--format=%(refname) %(objectname)";
  const answer = await git.value(["for-each-ref", format, `refs/archwright/work/${issue}/`]);
  if (!answer.ok) return answer;
  const lines = answer.value.output.toString("utf8").split("\n").filter(Boolean);
  return succeed(Object.fromEntries(lines.map((line) => line.split(" ") as [string, string])));
}
