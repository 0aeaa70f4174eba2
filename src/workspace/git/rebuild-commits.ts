import { join } from "node:path";
import { stripHiddenCharacters } from "../../shared/hidden-text.ts";
import { redact } from "../../shared/redact.ts";
import { fail, type Result, succeed } from "../../shared/result.ts";
import { REMOVED } from "./check-change.ts";
import type { ForeignCommit } from "./list-foreign-commits.ts";
import { bytesOfName } from "./path-name.ts";
import type { Store } from "./prepare-store.ts";
import type { GitCall } from "./run-git.ts";

export type Rebuilding = {
  /** Folder for the index. */
  folder: string;
  /** Time of every commit, ISO 8601. */
  when: string;
  limits: { messageCharacters: number };
};

/**
 * Makes checked commits anew, parents first: each tree by our own git from its parent's and the changes that were checked, so that
 * nothing is in it that was not; name and time are ours, the message cleaned. Tells the new id of each.
 * Failures: `hand-over-refused` when a tree is not what its changes make; `git-failed`, `disk-full`.
 */
export async function rebuildCommits(
  store: Store,
  commits: readonly ForeignCommit[],
  { folder, when, limits }: Rebuilding,
): Promise<Result<Map<string, string>>> {
  const ids = new Map<string, string>();
  const date = `${Math.floor(Date.parse(when) / 1000)} +0000`;
  if (date.startsWith("NaN")) throw new Error(`not a time: ${when}`);
  const extra = {
    GIT_INDEX_FILE: join(folder, "index"),
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_DATE: date,
  };
  let standing: string | null = null;
  for (const commit of commits) {
    const parent = ids.get(commit.parent) ?? commit.parent;
    if (standing !== parent) {
      const read = await store.git(["read-tree", parent], { extra });
      if (!read.ok) return read;
    }
    const tree = await makeTree(store, commit, { extra });
    if (!tree.ok) return tree;
    const made = await store.git(["commit-tree", tree.value, "-p", parent, "-F", "-"], {
      extra,
      input: `${cleanMessage(commit.message, limits.messageCharacters)}\n`,
    });
    if (!made.ok) return made;
    standing = made.value.output.toString("latin1").trim();
    ids.set(commit.id, standing);
  }
  return succeed(ids);
}

async function makeTree(
  store: Store,
  { id, tree, changes }: ForeignCommit,
  call: Partial<GitCall>,
): Promise<Result<string>> {
  // What goes comes first: a file may make room for a folder of its name.
  const gone = changes.filter(({ mode }) => mode === REMOVED);
  const ordered = [...gone, ...changes.filter(({ mode }) => mode !== REMOVED)];
  const lines = ordered.flatMap(({ path, mode, object }) => [
    Buffer.from(`${mode === REMOVED ? "0" : mode} ${object}\t`),
    bytesOfName(path),
    Buffer.from([0]),
  ]);
  const input = Buffer.concat(lines);
  const applied = await store.git(["update-index", "-z", "--index-info"], { ...call, input });
  if (!applied.ok) return applied;
  const written = await store.git(["write-tree"], call);
  if (!written.ok) return written;
  const made = written.value.output.toString("latin1").trim();
  if (made === tree) return succeed(made);
  const detail = `the tree of commit ${id.slice(0, 12)} is not what its changes make`;
  return fail({ reason: "hand-over-refused", detail, path: null });
}

// Names of other people under a commit, and words that tell other machines what to do.
const CREDIT = /^\s*(?:signed-off-by|[a-z-]+-by)\s*:.*$/gim;
const SKIP = /\[(?:skip ci|ci skip|no ci|skip actions|actions skip)\]|^skip-checks\s*:.*$/gim;

/** What a stranger wrote, as it may stand in a commit: visible characters, no secret, no credit to others, of bounded length. */
function cleanMessage(message: string, limit: number): string {
  const visible = stripHiddenCharacters(message).text.replace(CREDIT, "").replace(SKIP, "");
  const text = redact(visible).trim();
  if (text === "") return "Change";
  return text.length > limit ? `${text.slice(0, limit).trimEnd()}\n[cut]` : text;
}
