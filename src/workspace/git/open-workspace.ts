import { mkdir, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fail, type Result, succeed } from "../../shared/result.ts";
import type { CallerEnvironment } from "../caller-environment.ts";
import type { Workspace } from "../port.ts";
import { checkCommit } from "./check-commit.ts";
import { findChanged, listCommits, renderDiff } from "./compare-commits.ts";
import { detectIsolation, type IsolationMode } from "./detect-isolation.ts";
import { failureOfStorage } from "./failure-of-error.ts";
import { findRepository, type Repository } from "./find-repository.ts";
import { findRunner } from "./find-runner.ts";
import { harnessEnvironment, userEnvironment } from "./git-environment.ts";
import type { Bounds, IsolationRoute } from "./isolate-command.ts";
import { openCache } from "./open-cache.ts";
import { openWorktree, type WorktreeSettings } from "./open-worktree.ts";
import { type GitIdentity, prepareStore } from "./prepare-store.ts";
import { findBranchHead, keepCommit, publishBranch, resolveRevision } from "./publish-branch.ts";
import { createBlobReader } from "./read-blobs.ts";
import { removeAbandoned } from "./remove-abandoned.ts";
import { takeSnapshot } from "./take-snapshot.ts";

export type WorkspaceOptions = {
  /** Any folder inside a work tree, or a bare repository. */
  repository: string;
  /** Folder of the harness for this repository: git data, worktrees. Outside of the user's work tree, or inside its git folder. */
  storage: string;
  /** Folder for what can be made again (the index of the code), which several may share; one below `storage` unless said. */
  cache?: string;
  /** `never`: worktrees are opened and no command is run in them, for a job that only replays. */
  isolation: IsolationMode | "never";
  /** Routes of isolation that may be taken, best first; those of a terminal unless said. */
  routes?: readonly IsolationRoute[];
  /** What a command in isolation may take at most; see `defaultBounds`. */
  bounds?: Partial<Bounds>;
  /** Further folders that commands in isolation find empty, such as those of a runner. */
  hide?: readonly string[];
  /** Globs that may not be written; see `defaultProtectedPaths`. */
  protectedPaths: readonly string[];
  environment: CallerEnvironment;
  limits?: Partial<WorkspaceLimits>;
  /** Name on commits. */
  identity?: GitIdentity;
  /** Names of commands that may use the network although they are isolated; none unless said. */
  networkFor?: readonly string[];
};

export type WorkspaceLimits = {
  /** Files beyond this size are binary. */
  textBytes: number;
  /** A changed file beyond this size is not committed. */
  changeBytes: number;
};

const defaultLimits: WorkspaceLimits = { textBytes: 1_000_000, changeBytes: 2_000_000 };
const archwright: GitIdentity = { name: "Archwright", email: "archwright@localhost" };

/**
 * Opens a git repository as the workspace of the house. The user's files, index, branches and settings stay as they
 * are; only `publish` and `keep` write into their repository. Failures: `not-a-repository`, `no-commits`,
 * `git-missing`, `disk-full`, `git-failed`; of `open` also `isolation-unavailable`.
 */
export async function openWorkspace(options: WorkspaceOptions): Promise<Result<Workspace>> {
  const limits = { ...defaultLimits, ...options.limits };
  const identity = options.identity ?? archwright;
  const forUser = userEnvironment(options.environment, identity);
  const repository = await findRepository(options.repository, forUser);
  if (!repository.ok) return repository;
  const storage = await prepareStorage(options.storage);
  if (!storage.ok) return storage;
  const store = await prepareStore({
    storage: storage.value,
    repository: repository.value,
    environment: harnessEnvironment(options.environment, identity),
    userEnvironment: forUser,
    bigFileBytes: limits.changeBytes,
  });
  if (!store.ok) return store;
  await removeAbandoned(storage.value);
  return succeed(
    workspaceOf(options, {
      ...limits,
      store: store.value,
      storage: storage.value,
      isolation: options.isolation === "namespaces" ? "never" : options.isolation,
      path: options.environment.PATH,
      hidden: await hiddenFolders(options, repository.value, storage.value),
      networkFor: options.networkFor ?? [],
      bounds: options.bounds ?? {},
    }),
  );
}

async function prepareStorage(path: string): Promise<Result<string>> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    return succeed(await realpath(path));
  } catch (error) {
    return { ok: false, failure: failureOfStorage(error, path) };
  }
}

/** What a command in isolation must not see: homes, the user's repository, the harness's storage, temporary folders. */
async function hiddenFolders(
  options: WorkspaceOptions,
  repository: Repository,
  storage: string,
): Promise<string[]> {
  const wanted = [
    ...[options.environment.HOME, repository.top, repository.gitDir, storage],
    ...[tmpdir(), "/tmp", "/var/tmp", "/root", "/home", ...runnerFolders()],
    ...(options.hide ?? []),
  ];
  const real = await Promise.all(
    wanted.map((path) => (path ? realpath(path).catch(() => null) : null)),
  );
  return [...new Set(real.filter((path) => path !== null && path !== "/"))] as string[];
}

/** Where runners of GitHub Actions keep their credentials and the files of jobs, the one this process runs from among them. */
const runnerFolders = (): string[] => [
  ...["/opt/runner", "/opt/actions-runner", "/actions-runner", "/runner", "/__w"],
  ...[findRunner() ?? []].flat(),
];

function workspaceOf(options: WorkspaceOptions, settings: WorktreeSettings): Workspace {
  const { store, textBytes } = settings;
  const readBlob = createBlobReader(store);
  const cache = openCache(options.cache ?? join(settings.storage, "cache"));
  let probing: ReturnType<typeof detectIsolation> | null = null;
  return {
    resolve: (revision) => resolveRevision(store, revision),
    snapshot: (commit) => takeSnapshot(store, readBlob, checkCommit(commit), textBytes, cache),
    open: async (commit, { allow = [] } = {}) => {
      let { isolation } = settings;
      if (options.isolation === "namespaces") {
        probing ??= detectIsolation(settings.path, options.routes);
        const { route, detail } = await probing;
        if (route === null) return fail({ reason: "isolation-unavailable", detail });
        isolation = route;
      }
      return openWorktree({ ...settings, isolation }, checkCommit(commit), {
        protectedPaths: options.protectedPaths,
        allow,
      });
    },
    changed: async (base, head) => findChanged(store, checkCommit(base), checkCommit(head)),
    diff: async (base, head, choice = {}) =>
      renderDiff(store, checkCommit(base), checkCommit(head), choice),
    commits: async (base, head) => listCommits(store, checkCommit(base), checkCommit(head)),
    publish: async (branch, head, from, how) =>
      publishBranch(store, branch, checkCommit(head), from && checkCommit(from), how),
    branchHead: (branch) => findBranchHead(store, branch),
    keep: async (name, commit) => keepCommit(store, name, checkCommit(commit)),
  };
}
