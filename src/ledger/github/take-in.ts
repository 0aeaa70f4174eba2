import { folderMode, formatOf, makeObject, parseTree, type TreeEntry } from "../objects.ts";
import type { LedgerClone, StoredObject } from "./clone.ts";
import { keepBlob, keepTree } from "./read-objects.ts";
import type { Remote, RemoteCommit } from "./remote.ts";

/**
 * Remembers a commit of the clone with all that it holds, as if the API had told it. Every object is held to its id; what is missing or
 * odd is left out, and the API is asked for it.
 */
export async function takeIn(remote: Remote, id: string): Promise<void> {
  const { clone } = remote;
  if (!clone || remote.commits.find(id)) return;
  const found = await readSound(clone, [id], "commit");
  const bytes = found.get(id);
  const commit = bytes ? parseCommit(id, bytes) : null;
  if (commit === null) return;
  const files = new Map<string, TreeEntry>();
  const whole = await readFolder(clone, commit.tree, "", files);
  if (whole && keepTree(remote, commit.tree, files).ok) {
    const missing = [...files.values()].map((entry) => entry.id);
    const unknown = missing.filter((blob) => !remote.blobs.find(blob));
    const blobs = await readSound(clone, unknown, "blob");
    for (const [blob, content] of blobs) keepBlob(remote, blob, content);
  }
  remote.commits.keep(id, commit);
}

async function readSound(
  clone: LedgerClone,
  ids: readonly string[],
  type: "commit" | "tree" | "blob",
): Promise<Map<string, Buffer>> {
  if (ids.length === 0) return new Map();
  const isSound = (id: string, object: StoredObject): boolean =>
    object.type === type && makeObject(formatOf(id), type, object.bytes).id === id;
  const read = await clone.read(ids);
  return new Map(
    [...read].flatMap(([id, object]) => (isSound(id, object) ? [[id, object.bytes]] : [])),
  );
}

/** False where a folder is not here. */
async function readFolder(
  clone: LedgerClone,
  tree: string,
  prefix: string,
  files: Map<string, TreeEntry>,
): Promise<boolean> {
  const bytes = (await readSound(clone, [tree], "tree")).get(tree);
  if (bytes === undefined) return false;
  for (const entry of parseTree(formatOf(tree), bytes)) {
    const name = `${prefix}${entry.name}`;
    if (entry.mode !== folderMode) files.set(name, entry);
    else if (!(await readFolder(clone, entry.id, `${name}/`, files))) return false;
  }
  return true;
}

/** null where it is no commit as we write them. Whether GitHub has verified its signature is not to be seen here. */
function parseCommit(id: string, bytes: Buffer): RemoteCommit | null {
  const text = bytes.toString("utf8");
  const end = text.indexOf("\n\n");
  if (end < 0) return null;
  const header = text.slice(0, end + 1);
  const tree = /^tree ([0-9a-f]+)$/m.exec(header)?.[1];
  const person = (role: string): string | undefined =>
    new RegExp(`^${role} (.* <.*>) \\d+ [+-]\\d+$`, "m").exec(header)?.[1];
  const [author, committer] = [person("author"), person("committer")];
  if (!tree || !author || !committer) return null;
  const parents = [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, parent = ""]) => parent);
  const message = text.slice(end + 2);
  return { id, tree, parents, author, committer, message, verified: null };
}
