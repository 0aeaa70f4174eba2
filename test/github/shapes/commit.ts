import { ensureAccount } from "../accounts.ts";
import { type Commit, readCommit } from "../git/commits.ts";
import { type ChangedFile, diffFiles } from "../git/diff.ts";
import type { World } from "../world.ts";
import { shapeAccount } from "./account.ts";
import { apiOf, pageOf } from "./repository.ts";

/** GitHub signs what bots write through the API. */
export const botSignature =
  "-----BEGIN PGP SIGNATURE-----\n\nstand-in\n-----END PGP SIGNATURE-----";

export const shapeVerification = (commit: Commit): Record<string, unknown> =>
  commit.signature === botSignature
    ? {
        verified: true,
        reason: "valid",
        signature: commit.signature,
        payload: `tree ${commit.tree}\n`,
        verified_at: commit.committer.date,
      }
    : { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null };

export const shapeGitCommit = (world: World, commit: Commit): Record<string, unknown> => ({
  sha: commit.id,
  node_id: `C_${commit.id}`,
  url: `${apiOf(world)}/git/commits/${commit.id}`,
  html_url: `${pageOf(world)}/commit/${commit.id}`,
  author: commit.author,
  committer: commit.committer,
  message: commit.message,
  tree: { sha: commit.tree, url: `${apiOf(world)}/git/trees/${commit.tree}` },
  parents: commit.parents.map((sha) => ({
    sha,
    url: `${apiOf(world)}/git/commits/${sha}`,
    html_url: `${pageOf(world)}/commit/${sha}`,
  })),
  verification: shapeVerification(commit),
});

/** The account whose address a signature bears; GitHub shows none for addresses that it does not know. */
export function accountOfEmail(world: World, email: string): Record<string, unknown> | null {
  const login = /^\d+\+(.+)@users\.noreply\.github\.com$/.exec(email)?.[1];
  if (login === undefined) return null;
  return shapeAccount(world, ensureAccount(world, login, login.endsWith("[bot]") ? "Bot" : "User"));
}

export const emailOf = (account: { id: number; login: string }): string =>
  `${account.id}+${account.login}@users.noreply.github.com`;

export const shapeCommit = (world: World, commit: Commit): Record<string, unknown> => ({
  sha: commit.id,
  node_id: `C_${commit.id}`,
  url: `${apiOf(world)}/commits/${commit.id}`,
  html_url: `${pageOf(world)}/commit/${commit.id}`,
  comments_url: `${apiOf(world)}/commits/${commit.id}/comments`,
  commit: {
    url: `${apiOf(world)}/git/commits/${commit.id}`,
    author: commit.author,
    committer: commit.committer,
    message: commit.message,
    comment_count: 0,
    tree: { sha: commit.tree, url: `${apiOf(world)}/git/trees/${commit.tree}` },
    verification: shapeVerification(commit),
  },
  author: accountOfEmail(world, commit.author.email),
  committer: accountOfEmail(world, commit.committer.email),
  parents: commit.parents.map((sha) => ({
    sha,
    url: `${apiOf(world)}/commits/${sha}`,
    html_url: `${pageOf(world)}/commit/${sha}`,
  })),
});

export const shapeFile = (
  world: World,
  head: string,
  file: ChangedFile,
): Record<string, unknown> => {
  const path = file.path.split("/").map(encodeURIComponent).join("/");
  return {
    sha: file.id,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${pageOf(world)}/blob/${head}/${path}`,
    raw_url: `${pageOf(world)}/raw/${head}/${path}`,
    contents_url: `${apiOf(world)}/contents/${path}?ref=${head}`,
    ...(file.patch === null ? {} : { patch: file.patch }),
    ...(file.previous === null ? {} : { previous_filename: file.previous }),
  };
};

/** A commit as `push` carries it. */
export function shapePushed(world: World, commit: Commit): Record<string, unknown> {
  const parent = commit.parents[0];
  const files = parent ? diffFiles(world.objects, parent, commit.id) : [];
  const paths = (...wanted: string[]): string[] =>
    files.filter((file) => wanted.includes(file.status)).map((file) => file.path);
  const person = (who: Commit["author"]): Record<string, unknown> => {
    const account = accountOfEmail(world, who.email);
    return { name: who.name, email: who.email, ...(account ? { username: account.login } : {}) };
  };
  return {
    id: commit.id,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.committer.date,
    url: `${pageOf(world)}/commit/${commit.id}`,
    author: person(commit.author),
    committer: person(commit.committer),
    added: paths("added"),
    removed: paths("removed"),
    modified: paths("modified", "renamed", "changed"),
  };
}

export const shapeHead = (world: World, sha: string): Record<string, unknown> | null => {
  const commit = readCommit(world.objects, sha);
  return commit ? shapePushed(world, commit) : null;
};
