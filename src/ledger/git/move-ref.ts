import { type Result, succeed } from "../../shared/result.ts";
import { clearStaleLock } from "./clear-stale-lock.ts";
import { explainGit } from "./explain-git.ts";
import { formatOf, zeroId } from "./git-objects.ts";
import { contains, pause, type Repository, readRef, tries, unavailable } from "./ledger-refs.ts";

export type Moved = { kind: "landed" } | { kind: "conflict"; head: string };
type Judged = Moved | { kind: "open" };

/**
 * Moves a ref from `parent` (null: it must not exist) to `commit`, or tells that somebody else was first.
 * What git's process says is believed only when it says yes. After anything else the ref is read again and
 * judged by ancestry; as long as the answer could be an old one, the swap is tried again: it cannot
 * land twice, because git itself compares with `parent`. Still open at the end is `ledger-unavailable`.
 */
export async function moveRef(
  repository: Repository,
  ref: string,
  commit: string,
  parent: string | null,
): Promise<Result<Moved>> {
  const old = parent ?? zeroId(formatOf(commit));
  for (let attempt = 0; ; attempt += 1) {
    const answer = await repository.git.run(["update-ref", "--no-deref", ref, commit, old]);
    if (answer.exitCode === 0) return succeed({ kind: "landed" });
    const head = await readRef(repository, ref);
    if (head.ok) {
      const judged = await judge(repository, head.value, commit, parent);
      if (judged.kind !== "open") return succeed(judged);
    }
    if (attempt + 1 >= tries) {
      const failure = await explainGit(repository.git, repository.directory, answer);
      return failure.reason === "ledger-unavailable"
        ? unavailable(failure.detail)
        : { ok: false, failure };
    }
    if (attempt === tries / 2) await clearStaleLock(repository, ref);
    await pause(attempt);
  }
}

/**
 * `open` where a stale read would look the same: the head is the parent, an ancestor of it, or missing.
 * A head that came after the parent without our commit, or instead of it, is proof of a conflict.
 */
async function judge(
  { git }: Repository,
  head: string | null,
  commit: string,
  parent: string | null,
): Promise<Judged> {
  if (head === null || head === parent) return { kind: "open" };
  if (await contains(git, head, commit)) return { kind: "landed" };
  if (parent !== null && (await contains(git, parent, head))) return { kind: "open" };
  return { kind: "conflict", head };
}
