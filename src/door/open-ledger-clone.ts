import { mkdir } from "node:fs/promises";
import type { LedgerClone, StoredObject } from "../ledger/github/clone.ts";
import { type Result, succeed } from "../shared/result.ts";
import { harnessEnvironment } from "../workspace/git/git-environment.ts";
import { type Remote, settingsOf } from "../workspace/git/remote-git.ts";
import { type GitAnswer, type GitCall, runGit } from "../workspace/git/run-git.ts";

/** Git in a repository of ours that holds nothing but what was fetched. */
export type BareGit = (
  arguments_: readonly string[],
  call?: Partial<GitCall>,
) => Promise<Result<GitAnswer>>;

const nobody = { name: "Archwright", email: "archwright@localhost" };

/** Git in an empty bare repository at `folder`, made at the first call, that may talk with the remote. Failures: `git-missing`, `git-failed`. */
export function openBareGit(folder: string, remote: Omit<Remote, "repository">): BareGit {
  const base = { ...harnessEnvironment(remote.environment, nobody), ...remote.connection };
  let made: Promise<Result<unknown>> | undefined;
  const make = async (): Promise<Result<unknown>> => {
    await mkdir(folder, { recursive: true });
    return await runGit({ gitDir: null, cwd: folder, environment: base }, [
      ...["init", "--quiet", "--bare", folder],
    ]);
  };
  return async (arguments_, call = {}) => {
    made ??= make();
    const there = await made;
    if (!there.ok) return there;
    const token = remote.token === null ? null : await remote.token();
    const environment = { ...base, ...settingsOf(remote.url, token) };
    const given = { gitDir: folder, cwd: folder, environment, seconds: 120, ...call };
    return await runGit(given, arguments_);
  };
}

const fetchFlags = ["--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance"];

/** Ledgers over git, into a bare repository of our own. */
export function openLedgerClone(git: BareGit, url: string): LedgerClone {
  return {
    async fetch(ref) {
      const listed = await git(["ls-remote", "--quiet", "--refs", url, ref]);
      if (!listed.ok) return listed;
      const lines = listed.value.output.toString("utf8").split("\n");
      const [id] = lines.map((line) => line.split("\t")).find(([, name]) => name === ref) ?? [];
      if (!id) return succeed(null);
      const there = await git(["cat-file", "-e", `${id}^{commit}`], { accept: [1, 128] });
      if (there.ok && there.value.exitCode === 0) return succeed(id);
      const fetched = await git(["fetch", ...fetchFlags, url, `+${id}:${ref}`]);
      return fetched.ok ? succeed(id) : fetched;
    },
    async read(ids) {
      const input = ids.map((id) => `${id}\n`).join("");
      const answer = await git(["cat-file", "--batch"], { input });
      return answer.ok ? parseBatch(answer.value.output) : new Map();
    },
    async contains(head, commit) {
      const question = ["merge-base", "--is-ancestor", commit, head];
      const answer = await git(question, { accept: [1, 128] });
      if (!answer.ok || answer.value.exitCode === 128) return null;
      return answer.value.exitCode === 0;
    },
  };
}

/** Answers of `cat-file --batch`; what git does not have is left out. */
function parseBatch(output: Buffer): Map<string, StoredObject> {
  const found = new Map<string, StoredObject>();
  let start = 0;
  while (start < output.length) {
    const end = output.indexOf(0x0a, start);
    const [id = "", type = "", size = ""] = output.toString("utf8", start, end).split(" ");
    start = end + 1;
    if (!/^\d+$/.test(size)) continue;
    found.set(id, { type, bytes: output.subarray(start, start + Number(size)) });
    start += Number(size) + 1;
  }
  return found;
}
