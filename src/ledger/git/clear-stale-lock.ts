import { link, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Repository } from "./ledger-refs.ts";

/** A lock lives for milliseconds; one this old was left by a process that was killed or a machine that fell. */
const staleAfterMilliseconds = 10_000;

/**
 * Removes the lock of a ref that a killed git left behind, since git itself would refuse to write for ever.
 * It is moved aside first and looked at again, so that a fresh lock taken by mistake is put back.
 * Doing nothing is always safe: then the write stays refused.
 */
export async function clearStaleLock({ git, directory }: Repository, ref: string): Promise<void> {
  const answer = await git.run(["rev-parse", "--git-path", ref]);
  if (answer.exitCode !== 0) return;
  const lock = `${resolve(directory, answer.stdout.toString().replace(/\n$/, ""))}.lock`;
  const seen = await stat(lock).catch(() => null);
  if (seen === null || Date.now() - seen.mtimeMs < staleAfterMilliseconds) return;
  const aside = join(
    dirname(lock),
    `.stale-${process.pid}-${Math.trunc(Math.random() * 1e9)}.lock`,
  );
  try {
    await rename(lock, aside);
    const taken = await stat(aside);
    if (taken.ino !== seen.ino || taken.mtimeMs !== seen.mtimeMs) await link(aside, lock);
    await rm(aside);
  } catch {
    // Somebody else was quicker.
  }
}
