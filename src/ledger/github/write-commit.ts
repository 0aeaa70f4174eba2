import { randomUUID } from "node:crypto";
import type { Parameters } from "../../forge/github/api.ts";
import { fail, type Result, succeed } from "../../shared/result.ts";
import { layOutTree } from "../lay-out-tree.ts";
import { fileMode, makeObject, type TreeEntry } from "../objects.ts";
import { makeSeal } from "../seal.ts";
import { keepCommit } from "./read-objects.ts";
import { type Remote, unavailable } from "./remote.ts";

/** What a new commit holds: the files of its parent that stay, and the texts that are added or replaced. */
export type CommitContent = {
  parent: string | null;
  kept: ReadonlyMap<string, TreeEntry>;
  texts: ReadonlyMap<string, Buffer>;
  subject: string;
  /** Lines below the subject. */
  trailers?: readonly string[];
  /** `issues/12` or `spend/<day>`, and the file that a seal is over. */
  place: string;
  content: Buffer;
};

const createCommit = "POST /repos/{owner}/{repo}/git/commits";

export type Written = { commit: string; files: ReadonlyMap<string, TreeEntry> };

/**
 * Stores a commit that no ref points to yet, in two calls. The ids of blobs and tree are known before, so that what GitHub stored is
 * held to them. Every commit is unlike every other: two writers that append the same must not both be told that they won.
 */
export async function writeCommit(
  remote: Remote,
  content: CommitContent,
): Promise<Result<Written>> {
  const files = new Map(content.kept);
  for (const [name, bytes] of content.texts) {
    const { id } = makeObject("sha1", "blob", bytes);
    files.set(name, { mode: fileMode, name, id });
    remote.blobs.keep(id, bytes);
  }
  const tree = layOutTree("sha1", files, []);
  const stored = await storeTree(remote, content, files, tree);
  if (!stored.ok) return stored;
  remote.trees.keep(tree, files);
  const message = await renderMessage(remote, content, tree);
  if (!message.ok) return message;
  const who = await remote.who();
  if (!who.ok) return who;
  const { person } = who.value;
  return storeCommit(remote, files, {
    message: message.value,
    tree,
    parents: content.parent === null ? [] : [content.parent],
    // Without a person GitHub writes the token's own account, and signs.
    ...(person ? { author: person, committer: person } : {}),
  });
}

/** A tree that was stored just now is not known everywhere at once. */
const lagTries = 4;

async function storeCommit(
  remote: Remote,
  files: Written["files"],
  commit: Parameters<typeof createCommit>,
): Promise<Result<Written>> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await remote.api.request(createCommit, commit);
    if (answer.ok) return succeed({ commit: keepCommit(remote, answer.data).id, files });
    const mayLag = answer.status === 404 || answer.status === 422;
    if (!mayLag || attempt >= lagTries) return fail(answer.failure);
    await remote.pause(attempt);
  }
}

/** Texts that go with the tree itself. Others are blobs of their own: long ones, and such as JSON carries badly. */
const longestInline = 500_000;
const fitsInline = (bytes: Buffer): boolean =>
  bytes.length > 0 && bytes.length <= longestInline && !bytes.includes(0);

/** Sends the tree; where GitHub made another of it than we did, once more with every new blob sent by itself. */
async function storeTree(
  remote: Remote,
  { kept, texts }: CommitContent,
  files: ReadonlyMap<string, TreeEntry>,
  tree: string,
): Promise<Result<null>> {
  for (const inline of [true, false]) {
    const entries = [];
    for (const [path, { id, mode }] of files) {
      const bytes = kept.get(path)?.id === id ? undefined : texts.get(path);
      const entry = { path, mode: mode.padStart(6, "0") as "100644", type: "blob" as const };
      if (bytes && inline && fitsInline(bytes)) {
        entries.push({ ...entry, content: bytes.toString("utf8") });
        continue;
      }
      const stored = bytes ? await storeBlob(remote, bytes, id) : succeed(null);
      if (!stored.ok) return stored;
      entries.push({ ...entry, sha: id });
    }
    const answer = await remote.api.request("POST /repos/{owner}/{repo}/git/trees", {
      tree: entries,
    });
    if (!answer.ok) return fail(answer.failure);
    if (answer.data.sha === tree) return succeed(null);
  }
  return unavailable(`GitHub stored another tree than ${tree}`);
}

async function storeBlob(remote: Remote, bytes: Buffer, id: string): Promise<Result<null>> {
  const content = bytes.toString("base64");
  const route = "POST /repos/{owner}/{repo}/git/blobs";
  const answer = await remote.api.request(route, { content, encoding: "base64" });
  if (!answer.ok) return fail(answer.failure);
  return answer.data.sha === id
    ? succeed(null)
    : unavailable(`GitHub stored another blob than ${id}`);
}

async function renderMessage(
  remote: Remote,
  { subject, trailers = [], place, parent, content }: CommitContent,
  tree: string,
): Promise<Result<string>> {
  const lines = [...trailers, `Append-Id: ${randomUUID()}`];
  if (remote.secret !== null) {
    const repository = await remote.repository();
    if (!repository.ok) return repository;
    const sealed = { repositoryId: repository.value.id, place, parent, tree, content };
    lines.push(`Seal: ${makeSeal(remote.secret, sealed)}`);
  }
  return succeed(`${subject}\n\n${lines.join("\n")}`);
}
