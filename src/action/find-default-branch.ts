import type { BareGit } from "../door/open-ledger-clone.ts";
import { type KnownBranch, toContent } from "../door/read-default-branch.ts";
import { Stop } from "../shared/stop.ts";
import { openRemote, type Remote, type RemoteGit } from "../workspace/git/remote-git.ts";
import type { Environment } from "./read-inputs.ts";
import type { Place } from "./read-place.ts";

/** The default branch and its newest commit, as the repository itself says over git. */
async function askHead(
  git: BareGit,
  url: string,
): Promise<{ branch: string; commit: string } | null> {
  const listed = await git(["ls-remote", "--quiet", "--symref", url, "HEAD"]);
  if (!listed.ok) return null;
  const text = listed.value.output.toString("utf8");
  const branch = /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(text)?.[1];
  const commit = /^([0-9a-f]{40}|[0-9a-f]{64})\tHEAD$/m.exec(text)?.[1];
  return branch && commit ? { branch, commit } : null;
}

/** A regular file of a commit in the checkout, or null. */
const readerOf =
  (git: RemoteGit, commit: string): NonNullable<KnownBranch["read"]> =>
  async (path) => {
    const listed = await git(["ls-tree", "-z", commit, "--", path]);
    if (!listed.ok) throw new Stop(listed.failure);
    const [, id] = /^100\d{3} blob ([0-9a-f]+)\t/.exec(listed.value.output.toString("utf8")) ?? [];
    if (id === undefined) return null;
    const blob = await git(["cat-file", "blob", id]);
    if (!blob.ok) throw new Stop(blob.failure);
    return toContent(blob.value.output);
  };

/** Files are read from the checkout only where it has this very commit. */
async function openReader(remote: Remote, commit: string): Promise<KnownBranch["read"]> {
  const git = await openRemote(remote);
  if (!git.ok) return null;
  const there = await git.value(["cat-file", "-e", `${commit}^{commit}`], { accept: [1, 128] });
  return there.ok && there.value.exitCode === 0 ? readerOf(git.value, commit) : null;
}

/** What the runner and git tell of the default branch without a call of the API; null where they do not. */
export async function findDefaultBranch(
  environment: Environment,
  place: Place,
  { git, remote }: { git: BareGit; remote: Remote },
): Promise<KnownBranch | null> {
  const id = environment.GITHUB_REPOSITORY_ID?.trim() ?? "";
  if (!/^[1-9]\d{0,15}$/.test(id)) return null;
  const head = await askHead(git, remote.url);
  if (head === null) return null;
  const { owner, name } = place.repository;
  const read = await openReader(remote, head.commit);
  return { repository: { id, name: `${owner}/${name}` }, ...head, read };
}
