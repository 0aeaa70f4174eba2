import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundleFile, type HandOver, handOverFile, handOverLimits } from "../engine/hand-over.ts";
import type { LeaseResult } from "../engine/run-lease.ts";
import { fail, type Result, succeed } from "../shared/result.ts";
import type { Lease } from "../workflow/phase.ts";
import { readWorkRefs } from "../workspace/git/fetch-issue-refs.ts";
import type { Remote } from "../workspace/git/remote-git.ts";
import { writeBundle } from "../workspace/git/write-bundle.ts";

export type HandOverWriting = {
  /** `owner/name`, as whoever publishes knows it. */
  repository: string;
  issue: number;
  lease: Lease;
  result: LeaseResult;
  folder: string;
  /** The clone with the commits. Null where the phase never had one: then there are none. */
  clone: { remote: Remote; storage: string; known: readonly string[] } | null;
  /** Refs of kept work before the phase. */
  before: Readonly<Record<string, string>>;
};

/** Work that this phase kept: refs that are new, or were moved. */
async function findRefs({
  clone,
  issue,
  before,
}: HandOverWriting): Promise<Result<Record<string, string>>> {
  if (clone === null) return succeed({});
  const now = await readWorkRefs(clone.remote, issue);
  if (!now.ok) return now;
  const moved = Object.entries(now.value).filter(([ref, commit]) => before[ref] !== commit);
  return succeed(Object.fromEntries(moved));
}

/**
 * Writes what a phase hands to whoever publishes it: `hand-over.json`, and `work.bundle` with its commits where there are any. The folder
 * is emptied first. Failures: of the disk and of git, and `hand-over-refused` when it is larger than will be read.
 */
export async function writeHandOver(writing: HandOverWriting): Promise<Result<void>> {
  const { repository, issue, lease, result, folder, clone, before } = writing;
  const refs = await findRefs(writing);
  if (!refs.ok) return refs;
  const { outcome, documents, spent } = result;
  const handOver: HandOver = {
    ...{ v: 1, repository, issue, lease, outcome },
    ...{ documents: { ...documents }, spent: [...spent], refs: refs.value },
  };
  const text = JSON.stringify(handOver);
  if (text.length > handOverLimits.characters) {
    return fail({
      reason: "hand-over-refused",
      detail: "it is larger than 20 MB",
      path: handOverFile,
    });
  }
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  if (clone !== null && Object.keys(refs.value).length > 0) {
    const written = await writeBundle({
      repository: clone.remote.repository,
      storage: clone.storage,
      environment: clone.remote.environment,
      file: join(folder, bundleFile),
      refs: refs.value,
      exclude: [...clone.known, ...Object.values(before)],
    });
    if (!written.ok) return written;
  }
  await writeFile(join(folder, handOverFile), text);
  return succeed(undefined);
}
