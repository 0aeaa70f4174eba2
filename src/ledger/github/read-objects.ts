import { fail, type Result, succeed } from "../../shared/result.ts";
import { checkDocumentName, eventsFile } from "../check-document-name.ts";
import { layOutTree } from "../lay-out-tree.ts";
import { folderMode, formatOf, makeObject, type TreeEntry } from "../objects.ts";
import { readTexts } from "./read-texts.ts";
import type { Remote, RemoteCommit } from "./remote.ts";

/** What GitHub has is not what a ledger holds. `place` names the ledger in words of the failure. */
export type Damaged = { reason: "damaged"; detail: string };
const damaged = (detail: string): { ok: false; failure: Damaged } =>
  fail({ reason: "damaged", detail });

type Read<T> = Result<T> | { ok: false; failure: Damaged };
type Signature = { name?: string; email?: string };

export const renderPerson = ({ name = "", email = "" }: Signature): string => `${name} <${email}>`;

/** A commit by its id; null when GitHub has none (or not yet). */
export async function readCommit(remote: Remote, id: string): Promise<Result<RemoteCommit | null>> {
  const known = remote.commits.find(id);
  return known ? succeed(known) : await askCommit(remote, id);
}

/** The same as GitHub tells it now, with its verdict on the signature. */
export async function askCommit(remote: Remote, id: string): Promise<Result<RemoteCommit | null>> {
  const route = "GET /repos/{owner}/{repo}/git/commits/{commit_sha}";
  const answer = await remote.api.request(route, { commit_sha: id });
  if (!answer.ok) return answer.status === 404 || answer.status === 422 ? succeed(null) : answer;
  return succeed(keepCommit(remote, answer.data));
}

type CommitData = {
  sha: string;
  tree: { sha: string };
  parents: readonly { sha: string }[];
  author: Signature;
  committer: Signature;
  message: string;
  verification?: { verified: boolean };
};

export function keepCommit(remote: Remote, data: CommitData): RemoteCommit {
  const commit = {
    id: data.sha,
    tree: data.tree.sha,
    parents: data.parents.map(({ sha }) => sha),
    author: renderPerson(data.author),
    committer: renderPerson(data.committer),
    message: data.message,
    verified: data.verification?.verified ?? false,
  };
  remote.commits.keep(commit.id, commit);
  return commit;
}

type Listed = { path?: string; mode?: string; sha?: string };
const modeOf = (mode: string): string => mode.replace(/^0+/, "");

/** All files of a tree, folders joined by slashes; `anyName` leaves their names unchecked. */
export async function readTree(
  remote: Remote,
  tree: string,
): Promise<Read<ReadonlyMap<string, TreeEntry>>> {
  const known = remote.trees.find(tree);
  if (known) return succeed(known);
  const files = new Map<string, TreeEntry>();
  const read = await readFolder(remote, tree, "", true, files);
  return read.ok ? keepTree(remote, tree, files) : read;
}

/** Remembers the files of a tree, once their names are held to the rules and all together to the tree's id. */
export function keepTree(
  remote: Remote,
  tree: string,
  files: ReadonlyMap<string, TreeEntry>,
): Read<ReadonlyMap<string, TreeEntry>> {
  for (const [name, { mode }] of files) {
    const rule = name === eventsFile ? null : checkDocumentName(name);
    if (rule !== null) return damaged(`the name ${JSON.stringify(name)} is refused: ${rule}`);
    if (!/^100/.test(mode)) return damaged(`${name} is not a file`);
  }
  if (layOutTree(formatOf(tree), files, []) !== tree) {
    return damaged(`the tree ${tree} is not what its id says`);
  }
  remote.trees.keep(tree, files);
  return succeed(files);
}

/** One call where GitHub shows all at once; where it cuts the list off, folder by folder. */
async function readFolder(
  remote: Remote,
  tree: string,
  prefix: string,
  recursive: boolean,
  files: Map<string, TreeEntry>,
): Promise<Read<null>> {
  const route = "GET /repos/{owner}/{repo}/git/trees/{tree_sha}";
  const parameters = { tree_sha: tree, ...(recursive ? { recursive: "1" } : {}) };
  const answer = await remote.api.request(route, parameters);
  if (!answer.ok) {
    return answer.status === 404 ? damaged(`folder "${prefix}" (${tree}) is missing`) : answer;
  }
  if (answer.data.truncated && recursive) return readFolder(remote, tree, prefix, false, files);
  if (answer.data.truncated) return damaged(`folder "${prefix}" has too many files`);
  for (const { path = "", mode = "", sha = "" } of answer.data.tree as Listed[]) {
    const name = `${prefix}${path}`;
    if (modeOf(mode) !== folderMode) files.set(name, { mode, name: path, id: sha });
    else if (!recursive) {
      const inside = await readFolder(remote, sha, `${name}/`, false, files);
      if (!inside.ok) return inside;
    }
  }
  return succeed(null);
}

/** Blobs by their ids, each held to its id. */
export async function readBlobs(
  remote: Remote,
  ids: readonly string[],
): Promise<Read<ReadonlyMap<string, Buffer>>> {
  const found = new Map<string, Buffer>();
  const missing = new Set<string>();
  for (const id of ids) {
    const known = remote.blobs.find(id);
    if (known) found.set(id, known);
    else missing.add(id);
  }
  for (const [id, bytes] of await readTexts(remote, [...missing])) {
    if (!keepBlob(remote, id, bytes)) continue;
    found.set(id, bytes);
    missing.delete(id);
  }
  for (const id of missing) {
    const route = "GET /repos/{owner}/{repo}/git/blobs/{file_sha}";
    const answer = await remote.api.request(route, { file_sha: id });
    if (!answer.ok) return answer.status === 404 ? damaged(`the blob ${id} is missing`) : answer;
    const bytes = Buffer.from(
      answer.data.content,
      answer.data.encoding === "utf-8" ? "utf8" : "base64",
    );
    if (!keepBlob(remote, id, bytes)) return damaged(`the blob ${id} is not what its id says`);
    found.set(id, bytes);
  }
  return succeed(found);
}

/** False where it is not what its id says. */
export function keepBlob(remote: Remote, id: string, bytes: Buffer): boolean {
  if (makeObject(formatOf(id), "blob", bytes).id !== id) return false;
  remote.blobs.keep(id, bytes);
  return true;
}
