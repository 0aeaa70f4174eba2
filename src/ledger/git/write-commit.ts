import { randomUUID } from "node:crypto";
import { fail, type Result, succeed } from "../../shared/result.ts";
import { layOutTree } from "../lay-out-tree.ts";
import { explainGit } from "./explain-git.ts";
import {
  fileMode,
  formatOf,
  makeCommit,
  makeObject,
  makePack,
  type NewObject,
  type ObjectFormat,
  type TreeEntry,
} from "./git-objects.ts";
import type { Repository } from "./ledger-refs.ts";

/** What a new commit holds: the files of its parent that stay, and the texts that are added or replaced. */
export type CommitContent = {
  parent: string | null;
  kept: ReadonlyMap<string, TreeEntry>;
  texts: ReadonlyMap<string, string | Buffer>;
  subject: string;
};

export type Written = { commit: string; files: ReadonlyMap<string, TreeEntry> };

/**
 * Stores a commit that no ref points to yet, in one git process. Every commit is unlike
 * every other: two writers that append the same at the same second must not both be told that they won.
 */
export async function writeCommit(
  repository: Repository,
  { parent, kept, texts, subject }: CommitContent,
): Promise<Result<Written>> {
  const format = await findFormat(repository, parent);
  if (!format.ok) return format;
  const objects: NewObject[] = [];
  const files = new Map(kept);
  for (const [name, text] of texts) {
    const blob = makeObject(format.value, "blob", Buffer.from(text));
    if (kept.get(name)?.id !== blob.id) objects.push(blob);
    files.set(name, { mode: fileMode, name, id: blob.id });
  }
  const tree = layOutTree(format.value, files, objects);
  const message = `${subject}\n\nAppend-Id: ${randomUUID()}`;
  const commit = makeCommit(tree, parent, message, Math.floor(Date.now() / 1000));
  // Two documents may hold the same text, and git refuses a pack with the same object twice.
  const unique = new Map([...objects, commit].map((object) => [object.id, object]));
  const pack = makePack(format.value, [...unique.values()]);
  const answer = await repository.git.run(["unpack-objects", "-q", "--strict"], pack);
  if (answer.exitCode !== 0) {
    return fail(await explainGit(repository.git, repository.directory, answer));
  }
  return succeed({ commit: commit.id, files });
}

async function findFormat(
  { git, directory }: Repository,
  parent: string | null,
): Promise<Result<ObjectFormat>> {
  if (parent !== null) return succeed(formatOf(parent));
  const answer = await git.run(["rev-parse", "--show-object-format"]);
  if (answer.exitCode !== 0) return fail(await explainGit(git, directory, answer));
  return succeed(answer.stdout.toString().trim() === "sha256" ? "sha256" : "sha1");
}
