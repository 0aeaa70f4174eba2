import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Result, succeed } from "../../shared/result.ts";
import { failureOfStorage } from "./failure-of-error.ts";
import type { Repository } from "./find-repository.ts";
import { type GitAnswer, type GitCall, runGit } from "./run-git.ts";

/**
 * Git of the harness: data of its own (objects, index, settings), which borrows the user's objects and writes
 * none of theirs. The user's settings, hooks and filters do not reach it.
 */
export type Store = {
  gitDir: string;
  environment: Readonly<Record<string, string>>;
  repository: Repository;
  /** Git in the harness's own data. */
  git: (arguments_: readonly string[], call?: Partial<GitCall>) => Promise<Result<GitAnswer>>;
  /** Git in the user's repository, for its refs only. */
  userGit: (arguments_: readonly string[], call?: Partial<GitCall>) => Promise<Result<GitAnswer>>;
};

export type GitIdentity = { name: string; email: string };

type StoreOptions = {
  storage: string;
  repository: Repository;
  environment: Readonly<Record<string, string>>;
  userEnvironment: Readonly<Record<string, string>>;
  /** Files from this size on are binary to git's own comparisons. */
  bigFileBytes: number;
};

// Highest precedence of all attributes: what a commit's .gitattributes says about filters, encodings, line
// ends or hidden differences does not count. A worktree holds the very bytes of the commit.
const attributes =
  "* !text !eol !crlf !filter !ident !working-tree-encoding !diff !merge !export-subst\n";

const settings = (options: StoreOptions): string =>
  [
    "[core]",
    `\trepositoryformatversion = ${options.repository.objectFormat === "sha1" ? 0 : 1}`,
    "\tbare = true",
    "\tautocrlf = false",
    "\tfileMode = true",
    "\tsymlinks = true",
    "\tprecomposeUnicode = false",
    "\tlogAllRefUpdates = false",
    `\tbigFileThreshold = ${options.bigFileBytes}`,
    "[extensions]",
    ...(options.repository.objectFormat === "sha1"
      ? []
      : [`\tobjectFormat = ${options.repository.objectFormat}`]),
    "[uploadpack]",
    "\tallowAnySHA1InWant = true",
    "",
  ].join("\n");

/** Creates the harness's git data under `storage`, or brings it up to date. Safe to call again and from several processes. */
export async function prepareStore(options: StoreOptions): Promise<Result<Store>> {
  const gitDir = join(options.storage, "git");
  try {
    for (const folder of ["objects/info", "objects/pack", "refs/heads", "info"]) {
      await mkdir(join(gitDir, folder), { recursive: true, mode: 0o700 });
    }
    const files: [string, string][] = [
      ["config", settings(options)],
      ["info/attributes", attributes],
      ["objects/info/alternates", `${join(options.repository.gitDir, "objects")}\n`],
      ["HEAD", "ref: refs/heads/none\n"],
      ["shallow", options.repository.shallow ?? ""],
    ];
    for (const [name, text] of files) {
      // A clone that was shallow before may be whole by now.
      if (name === "shallow" && text === "") await rm(join(gitDir, name), { force: true });
      else await replaceFile(join(gitDir, name), text);
    }
  } catch (error) {
    return { ok: false, failure: failureOfStorage(error, options.storage) };
  }
  return succeed(storeOf(gitDir, options));
}

async function replaceFile(path: string, text: string): Promise<void> {
  const next = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  await writeFile(next, text);
  await rename(next, path);
}

function storeOf(gitDir: string, options: StoreOptions): Store {
  const { repository, environment, userEnvironment } = options;
  return {
    gitDir,
    environment,
    repository,
    git: (arguments_, call = {}) =>
      runGit({ gitDir, cwd: gitDir, environment, ...call }, arguments_),
    userGit: (arguments_, call = {}) =>
      runGit(
        {
          gitDir: repository.gitDir,
          cwd: repository.gitDir,
          environment: userEnvironment,
          ...call,
        },
        arguments_,
      ),
  };
}
