import { type Result, succeed } from "../shared/result.ts";
import { openRemote, type Remote } from "../workspace/git/remote-git.ts";

/** Makes a commit of the remote readable in the clone; one that is there already costs no call. Failure: `git-failed`. */
export async function fetchCommit(remote: Remote, commit: string): Promise<Result<void>> {
  const git = await openRemote(remote);
  if (!git.ok) return git;
  const there = await git.value(["cat-file", "-e", `${commit}^{commit}`]);
  if (there.ok) return succeed(undefined);
  const flags = ["--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance"];
  const fetched = await git.value(["fetch", ...flags, remote.url, commit]);
  return fetched.ok ? succeed(undefined) : fetched;
}
