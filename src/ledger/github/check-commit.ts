import { type Result, succeed } from "../../shared/result.ts";
import { githubCommitter, isLedgerAuthor } from "../ledger-author.ts";
import { checkSeal } from "../seal.ts";
import { askCommit } from "./read-objects.ts";
import type { Remote, RemoteCommit } from "./remote.ts";

/** GitHub signs what a bot writes through its API. A person's token it does not sign for. */
const isBot = (author: string): boolean => author.endsWith("[bot]@users.noreply.github.com>");

/**
 * What tells that a commit was not written by us, or null: its author and committer, its place in a line of commits, GitHub's verdict on
 * the signature where signatures are asked for, and the seal where there is a secret.
 */
export async function findForgery(
  remote: Remote,
  commit: RemoteCommit,
  place: string,
  content: Uint8Array,
): Promise<Result<string | null>> {
  const who = await remote.who();
  if (!who.ok) return who;
  const { authors } = who.value;
  const { author, committer, parents } = commit;
  if (!isLedgerAuthor(author, authors)) return succeed(`written by ${author}`);
  const verdict = await findVerdict(remote, commit);
  if (!verdict.ok) return verdict;
  const verified = verdict.value;
  const signedByGitHub = committer === githubCommitter && verified;
  if (!signedByGitHub && !isLedgerAuthor(committer, authors)) {
    return succeed(`committed by ${committer}`);
  }
  if (remote.signed && isBot(author) && !verified)
    return succeed("GitHub has not verified its signature");
  if (parents.length > 1) return succeed("the commit is a merge");
  if (remote.secret === null) return succeed(null);
  const repository = await remote.repository();
  if (!repository.ok) return repository;
  const parent = parents[0] ?? null;
  const sealed = { repositoryId: repository.value.id, place, parent, tree: commit.tree, content };
  return succeed(checkSeal(remote.secret, commit.message, sealed));
}

/**
 * GitHub's verdict on a signature. A commit that came over git is believed without one, unless signatures are asked for: who could put
 * GitHub's name as committer could as well put ours, which needs no signature.
 */
async function findVerdict(remote: Remote, commit: RemoteCommit): Promise<Result<boolean>> {
  if (commit.verified !== null) return succeed(commit.verified);
  if (!remote.signed) return succeed(true);
  const asked = await askCommit(remote, commit.id);
  return asked.ok ? succeed(asked.value?.verified === true) : asked;
}
