import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fail, type Result, succeed } from "../../shared/result.ts";
import { runGit } from "./run-git.ts";

/** Where the user's repository lies. Nothing in it is written except by `publish` and `keep`. */
export type Repository = {
  /** Git's data that all work trees share. */
  gitDir: string;
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
  const call = { gitDir: null, cwd, environment };
  const found = await runGit({ ...call, accept: [128] }, [
    "rev-parse",
    "--path-format=absolute",
    "--git-common-dir",
    "--is-bare-repository",
    "--show-object-format",
  ]).catch(() => fail({ reason: "not-a-repository" as const, path }));
  if (!found.ok) return found;
  const [gitDir, bare, objectFormat] = found.value.output.toString("utf8").split("\n");
  if (found.value.exitCode !== 0) return explainRefusal(path, cwd, environment);
  if (!gitDir || !objectFormat) return fail({ reason: "not-a-repository", path });
  const top = bare === "true" ? null : await findTop(cwd, environment);
  const commits = await runGit({ ...call, gitDir }, ["rev-list", "-n", "1", "--all", "HEAD", "--"]);
  const some = commits.ok
    ? commits
    : await runGit({ ...call, gitDir }, ["rev-list", "-n", "1", "--all"]);
  if (!some.ok) return some;
  if (some.value.output.length === 0) return fail({ reason: "no-commits", path });
  const shallow = await readFile(join(gitDir, "shallow"), "utf8").catch(() => null);
  return succeed({ gitDir, top, objectFormat, shallow });
}

/** The root of the work tree; null when `cwd` is inside git's own folder. */
async function findTop(
  cwd: string,
  environment: Readonly<Record<string, string>>,
): Promise<string | null> {
  const answer = await runGit({ gitDir: null, cwd, environment, accept: [128] }, [
    "rev-parse",
    "--path-format=absolute",
    "--show-toplevel",
  ]);
  const top = answer.ok && answer.value.exitCode === 0 ? answer.value.output.toString("utf8") : "";
  return top.replace(/\n$/, "") || null;
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
