import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Nothing of the machine's own git configuration reaches a test. */
export const environment: Record<string, string> = {
  PATH: process.env.PATH ?? "",
  HOME: "/nonexistent",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
};

export type Repository = {
  directory: string;
  git: (...args: string[]) => Promise<string>;
  gitWithInput: (input: string | Buffer, ...args: string[]) => Promise<string>;
  close: () => Promise<void>;
};

/** A real, empty repository in a temporary folder. */
export async function makeRepository(...init: string[]): Promise<Repository> {
  const directory = await mkdtemp(join(tmpdir(), "archwright-ledger-"));
  const gitWithInput = async (input: string | Buffer, ...args: string[]): Promise<string> => {
    const running = execute("git", args, {
      cwd: directory,
      maxBuffer: 2 ** 28,
      env: {
        ...environment,
        GIT_AUTHOR_NAME: "Somebody",
        GIT_AUTHOR_EMAIL: "somebody@localhost",
        GIT_COMMITTER_NAME: "Somebody",
        GIT_COMMITTER_EMAIL: "somebody@localhost",
      },
    });
    // A git that does not read its input may be gone before it is closed.
    running.child.stdin?.on("error", () => {});
    running.child.stdin?.end(input);
    return (await running).stdout.trim();
  };
  await gitWithInput("", "init", "-q", ...init);
  return {
    directory,
    git: (...args) => gitWithInput("", ...args),
    gitWithInput,
    close: () => rm(directory, { recursive: true, force: true }),
  };
}

/** Puts a commit with these raw files on a ref, as a tampering hand or another tool would. */
export async function forgeCommit(
  { git, gitWithInput }: Repository,
  ref: string,
  files: Record<string, string | Buffer>,
  parent: string | null,
): Promise<string> {
  const entries: string[] = [];
  for (const [name, content] of Object.entries(files)) {
    const id = await gitWithInput(content, "hash-object", "-w", "--stdin");
    entries.push(`100644 blob ${id}\t${name}\n`);
  }
  const tree = await gitWithInput(entries.join(""), "mktree");
  const parents = parent === null ? [] : ["-p", parent];
  const commit = await git("commit-tree", tree, ...parents, "-m", "forged");
  await git("update-ref", ref, commit);
  return commit;
}
