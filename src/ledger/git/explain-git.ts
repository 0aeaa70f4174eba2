import { stat } from "node:fs/promises";
import type { Failure } from "../../shared/failure.ts";
import type { Git, GitAnswer } from "./run-git.ts";

/** What a failed git process means for the ledger. Asks git once more whether there is a repository at all. */
export async function explainGit(git: Git, directory: string, answer: GitAnswer): Promise<Failure> {
  const folder = await stat(directory).catch(() => null);
  if (folder?.isDirectory() !== true) return { reason: "not-a-repository", path: directory };
  if (answer.code === "ENOENT") return { reason: "git-missing" };
  const probe = await git.run(["rev-parse", "--git-dir"]);
  // Git has one exit code for all that is wrong; a repository of another owner is told by its own words only.
  if (probe.exitCode === 128 && /not a git repository/i.test(probe.detail)) {
    return { reason: "not-a-repository", path: directory };
  }
  return { reason: "ledger-unavailable", detail: firstLines(answer.detail) };
}

/** Git has no code for a damaged object, so what is *not* damage is told by the words of the system's errors. */
const outside =
  /permission denied|input\/output error|too many open files|cannot allocate|out of memory|no space left/i;

/** What it means that git ended while reading objects of one issue: damage, unless the system said otherwise. */
export async function explainDamage(
  git: Git,
  directory: string,
  issue: number,
  answer: GitAnswer,
): Promise<Failure> {
  if (answer.exitCode === 128 && !outside.test(answer.detail)) {
    const probe = await git.run(["rev-parse", "--git-dir"]);
    if (probe.exitCode === 0) {
      return { reason: "ledger-corrupt", issue, line: 0, detail: firstLines(answer.detail) };
    }
  }
  return explainGit(git, directory, answer);
}

const firstLines = (text: string): string => text.split("\n").slice(0, 3).join(" ").slice(0, 500);
