import { rmSync } from "node:fs";
import { mkdtemp, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Codebase } from "../codebase/codebase.ts";
import { loadCodebase } from "../codebase/load-codebase.ts";
import { pickWorkspaceEnvironment, readEnvironment } from "../config/read-environment.ts";
import { type Progress, silent } from "../shared/progress.ts";
import { type Result, succeed } from "../shared/result.ts";
import { Stop } from "../shared/stop.ts";
import { findRepository, type Repository } from "../workspace/git/find-repository.ts";
import { harnessEnvironment, userEnvironment } from "../workspace/git/git-environment.ts";
import { openCache } from "../workspace/git/open-cache.ts";
import { prepareStore, type Store } from "../workspace/git/prepare-store.ts";
import { resolveRevision } from "../workspace/git/publish-branch.ts";
import { createBlobReader } from "../workspace/git/read-blobs.ts";
import { takeSnapshot } from "../workspace/git/take-snapshot.ts";
import type { IndexableSnapshot } from "../workspace/port.ts";
import { showIndexing } from "./show-indexing.ts";
import type { Terminal } from "./terminal.ts";

export type CodebaseOptions = {
  /** Any folder of a work tree, or a bare repository. */
  repo: string;
  /** HEAD of that folder unless said. */
  commit?: string;
  /** Folder of the index; ARCHWRIGHT_CACHE, else one inside git's own folder. */
  cache?: string;
  /** Where long work is told, unless `progress` takes it. */
  terminal?: Terminal;
  progress?: Progress;
  signal?: AbortSignal;
  historyMost?: number;
  workers?: number;
};

export type OpenedCodebase = {
  codebase: Codebase;
  snapshot: IndexableSnapshot;
  commit: string;
  /** Root of the work tree, or git's folder of a bare repository. */
  root: string;
};

const author = { name: "Archwright", email: "archwright@localhost" };
const TEXT_BYTES = 1_000_000;
const BIG_FILE_BYTES = 2_000_000;

/**
 * The index of a commit of the repository that a folder lies in, for commands that ask no model: no key, no configuration. Nothing is
 * written outside of git's folder, the cache and the folder for temporary files. Failures: `not-a-repository`, `no-commits`,
 * `git-missing`, `disk-full`, `git-failed`.
 */
export async function openCodebase(options: CodebaseOptions): Promise<Result<OpenedCodebase>> {
  const environment = readEnvironment();
  const caller = pickWorkspaceEnvironment(environment);
  const forUser = userEnvironment(caller, author);
  const repository = await findRepository(options.repo, forUser);
  if (!repository.ok) return repository;
  const store = await openStore(repository.value, forUser, harnessEnvironment(caller, author));
  if (!store.ok) return store;
  const commit = await resolveRevision(store.value, options.commit ?? "HEAD");
  if (!commit.ok) return commit;
  const { gitDir, top } = repository.value;
  const chosen = options.cache ?? environment.ARCHWRIGHT_CACHE;
  const cache = openCache(chosen || join(gitDir, "archwright", "cache"));
  const reader = createBlobReader(store.value);
  const snapshot = takeSnapshot(store.value, reader, commit.value, TEXT_BYTES, cache);
  const codebase = await load(snapshot, options);
  if (!codebase.ok) return codebase;
  return succeed({
    codebase: codebase.value,
    snapshot,
    commit: commit.value,
    root: top ?? gitDir,
  });
}

/** Git data of ours inside git's folder; where that cannot be written, in a temporary folder that goes with the process. */
async function openStore(
  repository: Repository,
  forUser: Record<string, string>,
  environment: Record<string, string>,
): Promise<Result<Store>> {
  const options = {
    repository,
    environment,
    userEnvironment: forUser,
    bigFileBytes: BIG_FILE_BYTES,
  };
  const storage = join(repository.gitDir, "archwright");
  const inside = await prepareStore({ ...options, storage });
  if (inside.ok || inside.failure.reason === "git-missing") return inside;
  const apart = await realpath(await mkdtemp(join(tmpdir(), "archwright-")));
  process.once("exit", () => rmSync(apart, { recursive: true, force: true }));
  return await prepareStore({ ...options, storage: apart });
}

async function load(
  snapshot: IndexableSnapshot,
  { terminal, progress, signal, historyMost, workers }: CodebaseOptions,
): Promise<Result<Codebase>> {
  const shown = terminal === undefined ? null : showIndexing(terminal);
  try {
    return succeed(
      await loadCodebase(snapshot, {
        progress: progress ?? shown?.progress ?? silent,
        ...(signal === undefined ? {} : { signal }),
        ...(historyMost === undefined ? {} : { historyMost }),
        ...(workers === undefined ? {} : { workers }),
      }),
    );
  } catch (error) {
    if (error instanceof Stop) return { ok: false, failure: error.failure };
    throw error;
  } finally {
    shown?.close();
  }
}
