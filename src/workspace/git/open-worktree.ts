import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fail, type Result, succeed } from "../../shared/result.ts";
import { Stop } from "../../shared/stop.ts";
import type { PathPolicy } from "../check-path.ts";
import type { Worktree } from "../port.ts";
import { type Checkout, closeSubmodules, commitChanges, stageChanges } from "./commit-changes.ts";
import { moveFileAt, readFileAt, removeFileAt, writeFileAt } from "./edit-files.ts";
import { failureOfError } from "./failure-of-error.ts";
import { createFileTools } from "./file-tools.ts";
import type { Store } from "./prepare-store.ts";
import { type CommandRoom, runInWorktree } from "./run-in-worktree.ts";

/** What all worktrees of a workspace share. */
export type WorktreeSettings = {
  store: Store;
  storage: string;
  isolation: CommandRoom["isolation"];
  path: string;
  /** Folders that commands in isolation find empty. */
  hidden: readonly string[];
  /** Names of commands that may use the network in isolation. */
  networkFor: readonly string[];
  /** What a command in isolation may take at most. */
  bounds: CommandRoom["bounds"];
  textBytes: number;
  changeBytes: number;
};

/** Room that a disk must have, for a checkout not to have failed for want of it. */
const PROBE_BYTES = 4_000_000;

/** A worktree's folders: `root` holds the files, `scratch` the home and temporary folders of commands. */
type Folders = { base: string; root: string; scratch: string };

/** Checks out `commit` into a folder of its own, byte for byte: no filter, hook or line-end change of the repository is applied. */
export async function openWorktree(
  settings: WorktreeSettings,
  commit: string,
  policy: PathPolicy,
): Promise<Result<Worktree>> {
  const made = await makeFolders(settings.storage);
  if (!made.ok) return made;
  const folders = made.value;
  const { store } = settings;
  const environment = { GIT_WORK_TREE: folders.root, GIT_INDEX_FILE: join(folders.base, "index") };
  const checkout: Checkout = {
    store,
    room: { root: folders.root, policy, textBytes: settings.textBytes },
    call: { cwd: folders.root, extra: environment },
    changeBytes: settings.changeBytes,
  };
  const filled = await store.git(["read-tree", "--reset", "-u", commit], {
    ...checkout.call,
    seconds: 600,
  });
  const ready = filled.ok ? await closeSubmodules(checkout) : filled;
  if (!ready.ok) {
    const full = await isDiskFull(folders.base);
    await removeFolders(folders);
    return full ? fail({ reason: "disk-full", path: settings.storage }) : ready;
  }
  return succeed(worktreeOf(settings, checkout, folders, commit));
}

/** Git says of a file that it could not be written, and not why: a file of ours is told the reason by the system. */
async function isDiskFull(folder: string): Promise<boolean> {
  try {
    await writeFile(join(folder, "probe"), Buffer.alloc(PROBE_BYTES));
    return false;
  } catch (error) {
    return failureOfError(error, "write", folder).reason === "disk-full";
  }
}

async function makeFolders(storage: string): Promise<Result<Folders>> {
  const base = join(storage, "worktrees", randomUUID());
  let scratch: string | null = null;
  try {
    await mkdir(join(base, "tree"), { recursive: true });
    scratch = await realpath(await mkdtemp(join(tmpdir(), "archwright-")));
    await mkdir(join(scratch, "home"));
    await writeFile(join(base, "owner.json"), JSON.stringify({ pid: process.pid, scratch }));
    return succeed({ base, root: await realpath(join(base, "tree")), scratch });
  } catch (error) {
    await removeFolders({ base, scratch: scratch ?? base });
    return { ok: false, failure: failureOfError(error, "create the worktree", storage) };
  }
}

async function removeFolders(folders: Omit<Folders, "root">): Promise<void> {
  const options = { recursive: true, force: true, maxRetries: 3 };
  await rm(folders.base, options).catch(() => {});
  await rm(folders.scratch, options).catch(() => {});
}

function worktreeOf(
  settings: WorktreeSettings,
  checkout: Checkout,
  folders: Folders,
  commit: string,
): Worktree {
  const { room } = checkout;
  let head = commit;
  return {
    directory: room.root,
    head: async () => head,
    run: (name, command, limits, signal) =>
      runInWorktree(
        { ...settings, root: room.root, scratch: folders.scratch, parent: dirname(room.root) },
        { name, command, limits, signal },
      ),
    read: (path) => readFileAt(room, path),
    write: (path, text) => writeFileAt(room, path, text),
    remove: (path) => removeFileAt(room, path),
    move: (from, to) => moveFileAt(room, from, to),
    tools: () => createFileTools(room),
    changes: async () => {
      const changes = await stageChanges(checkout, head);
      if (!changes.ok) throw new Stop(changes.failure);
      return changes.value.map(({ path }) => path);
    },
    commit: async (message, options = {}) => {
      const made = await commitChanges(checkout, head, message, options);
      if (made.ok && made.value !== null) head = made.value;
      return made;
    },
    close: () => removeFolders(folders),
  };
}
