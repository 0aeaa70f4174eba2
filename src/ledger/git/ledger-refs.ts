import type { Failure } from "../../shared/failure.ts";
import { fail, type Result, succeed } from "../../shared/result.ts";
import type { ChainEnd } from "../event-lines.ts";
import { explainGit } from "./explain-git.ts";
import type { TreeEntry } from "./git-objects.ts";
import type { Git } from "./run-git.ts";

/** Git in one place, with the name of the place for failures. */
export type Repository = { git: Git; directory: string; bases: Bases };

/** What the next append builds on: the lines of a commit, where their chain ends, and all its files. */
export type Base = {
  commit: string;
  events: Buffer;
  end: ChainEnd;
  files: ReadonlyMap<string, TreeEntry>;
};

/** The bases seen last, by commit, so that an append after a load need not read again what cannot change. */
export type Bases = { find(commit: string): Base | undefined; keep(base: Base): void };

const keptBases = 4;

export function openBases(): Bases {
  const kept = new Map<string, Base>();
  return {
    find: (commit) => kept.get(commit),
    keep(base) {
      kept.delete(base.commit);
      kept.set(base.commit, base);
      const [oldest] = kept.keys();
      if (kept.size > keptBases && oldest !== undefined) kept.delete(oldest);
    },
  };
}

export { backupFolder, issueRef, issuesFolder, spendRef } from "../ref-names.ts";

export type Ref = { name: string; id: string };

/**
 * The refs below a folder or of exactly that name. `for-each-ref` takes whole names only; `rev-parse` and
 * `cat-file` would also find a branch that somebody called `refs/archwright/issues/1`.
 */
export async function listRefs(
  { git, directory }: Repository,
  pattern: string,
): Promise<Result<Ref[]>> {
  const answer = await git.run(["for-each-ref", "--format=%(objectname) %(refname)", pattern]);
  if (answer.exitCode !== 0) return fail(await explainGit(git, directory, answer));
  const lines = answer.stdout.toString().split("\n").filter(Boolean);
  const refs = lines.map((line) => {
    const space = line.indexOf(" ");
    return { id: line.slice(0, space), name: line.slice(space + 1) };
  });
  return succeed(refs);
}

/** The commit that the ref of exactly this name holds; null when there is none. */
export async function readRef(
  repository: Repository,
  name: string,
): Promise<Result<string | null>> {
  const refs = await listRefs(repository, name);
  if (!refs.ok) return refs;
  return succeed(refs.value.find((ref) => ref.name === name)?.id ?? null);
}

/** Whether `commit` is `head` or one of its ancestors. A commit that is not there (yet) is not. */
export async function contains(git: Git, head: string, commit: string): Promise<boolean> {
  if (head === commit) return true;
  const answer = await git.run(["merge-base", "--is-ancestor", commit, head]);
  return answer.exitCode === 0;
}

export const unavailable = (detail: string): { ok: false; failure: Failure } =>
  fail({ reason: "ledger-unavailable", detail });

/** Tries of a write that was refused without a rival, and the pause after each: growing, with jitter, in ms. */
export const tries = 8;
export function pause(attempt: number): Promise<void> {
  const longest = Math.min(250, 4 * 2 ** attempt);
  return new Promise((resolve) => setTimeout(resolve, longest * (0.5 + Math.random() / 2)));
}
