import { readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fail, type Result, succeed } from "../../shared/result.ts";
import { runGit } from "./run-git.ts";

/** Where the user's repository lies. Nothing in it is written except by `publish` and `keep`. */
export type Repository = {
  /** Git's data that all work trees share. */
  gitDir: string;
  /** Git's data of this work tree alone, such as its HEAD; in a linked one it lies apart. */
  ownGitDir: string;
  /** Root of the user's work tree; null for a bare repository. */
  top: string | null;
  objectFormat: string;
  /** Commits at which a shallow clone ends, as git stores them; null when it is complete. */
  shallow: string | null;
};

/** Finds the repository that `path` lies in. Failures: `not-a-repository`, `no-commits`, `git-missing`, `git-failed`. */
export async function findRepository(
  path: string,
  environment: Readonly<Record<string, string>>,
): Promise<Result<Repository>> {
  const cwd = resolve(path);
  const there = await stat(cwd).catch(() => null);
  if (!there?.isDirectory()) return fail({ reason: "not-a-repository", path });
  // A bare repository has no root to tell: the call then ends with a fault after the lines before it.
  const found = await runGit({ gitDir: null, cwd, environment, accept: [128] }, [
    ...["rev-parse", "--path-format=absolute", "--git-common-dir", "--git-dir"],
    ...["--show-object-format", "--show-toplevel"],
  ]);
  if (!found.ok) return found;
  const [gitDir, ownGitDir, objectFormat, top] = found.value.output.toString("utf8").split("\n");
  if (!gitDir || !ownGitDir || !objectFormat) return explainRefusal(path, cwd, environment);
  const some = await hasCommits(gitDir, environment);
  if (!some.ok) return some;
  if (!some.value) return fail({ reason: "no-commits", path });
  const shallow = await readFile(join(gitDir, "shallow"), "utf8").catch(() => null);
  return succeed({ gitDir, ownGitDir, top: top || null, objectFormat, shallow });
}

async function hasCommits(
  gitDir: string,
  environment: Readonly<Record<string, string>>,
): Promise<Result<boolean>> {
  const call = { gitDir, cwd: gitDir, environment, accept: [1, 128] };
  // Any ref will do; a detached HEAD may be the only thing that names a commit.
  for (const question of [
    ["rev-list", "-n", "1", "--all"],
    ["rev-parse", "--verify", "HEAD^{commit}"],
  ]) {
    const answer = await runGit(call, question);
    if (!answer.ok) return answer;
    if (answer.value.exitCode === 0 && answer.value.output.length > 0) return succeed(true);
  }
  return succeed(false);
}

/** Git says in one exit code both "no repository" and "not yours": a second call keeps its words for the latter. */
async function explainRefusal(
  path: string,
  cwd: string,
  environment: Readonly<Record<string, string>>,
): Promise<Result<never>> {
  const again = await runGit({ gitDir: null, cwd, environment }, ["rev-parse", "--git-dir"]);
  if (!again.ok && again.failure.reason === "git-failed") {
    const none = /not a git repository/i.test(again.failure.detail);
    return none ? fail({ reason: "not-a-repository", path }) : again;
  }
  return again.ok ? fail({ reason: "not-a-repository", path }) : again;
}
