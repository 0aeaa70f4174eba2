import { link, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Repository } from "./ledger-refs.ts";

/** A lock lives for milliseconds; one this old was left by a process that was killed or a machine that fell. */
const staleAfterMilliseconds = 5_000;

type Seen = { ino: number; mtimeMs: number };

/**
 * Removes the lock of a ref that a killed git left behind, since git itself would refuse to write for ever.
 * A young lock is watched until it is gone, is another one, or is old enough; only the last is removed.
 * Doing nothing is always safe: then the write stays refused.
 */
export async function clearStaleLock({ git, directory }: Repository, ref: string): Promise<void> {
  const answer = await git.run(["rev-parse", "--git-path", ref]);
  if (answer.exitCode !== 0) return;
  const lock = `${resolve(directory, answer.stdout.toString().replace(/\n$/, ""))}.lock`;
  const first = await look(lock);
  // By the clock of the disk or, should that run ahead, by how long it was watched.
  const since = Math.min(first?.mtimeMs ?? 0, Date.now());
  for (let seen = first; seen !== null && isSame(seen, first); seen = await look(lock)) {
    if (Date.now() - since >= staleAfterMilliseconds) return moveAway(lock, seen);
    await sleep(100);
  }
}

const look = (path: string): Promise<Seen | null> => stat(path).catch(() => null);

const isSame = (left: Seen | null, right: Seen | null): boolean =>
  left?.ino === right?.ino && left?.mtimeMs === right?.mtimeMs;

/** Aside first, and looked at again, so that a fresh lock taken by mistake is put back. */
async function moveAway(lock: string, seen: Seen): Promise<void> {
  const aside = join(
    dirname(lock),
    `.stale-${process.pid}-${Math.trunc(Math.random() * 1e9)}.lock`,
  );
  try {
    await rename(lock, aside);
    if (!isSame(await look(aside), seen)) await link(aside, lock);
    await rm(aside);
  } catch {
    // Somebody else was quicker.
  }
}
