import type { Codebase } from "../../../src/codebase/codebase.ts";
import { type LoadOptions, loadCodebase } from "../../../src/codebase/load-codebase.ts";
import type { IndexableSnapshot } from "../../../src/workspace/port.ts";
import { demand, openSample, type Sample } from "../../workspace/repository.ts";

/** The snapshot of a revision, and the ids that were read of it. */
export async function snapshotOf(
  sample: Sample,
  { revision = "HEAD", cache }: { revision?: string; cache?: string } = {},
): Promise<{ snapshot: IndexableSnapshot; read: string[] }> {
  const workspace = await openSample(sample, cache === undefined ? {} : { cache });
  const snapshot = workspace.snapshot(demand(await workspace.resolve(revision)));
  const read: string[] = [];
  const readAll: IndexableSnapshot["readAll"] = (ids, signal) => {
    read.push(...ids);
    return snapshot.readAll(ids, signal);
  };
  return { snapshot: { ...snapshot, readAll }, read };
}

export async function load(
  sample: Sample,
  { revision, cache, ...options }: LoadOptions & { revision?: string; cache?: string } = {},
): Promise<Codebase> {
  const { snapshot } = await snapshotOf(sample, {
    ...(revision === undefined ? {} : { revision }),
    ...(cache === undefined ? {} : { cache }),
  });
  return await loadCodebase(snapshot, { workers: 0, ...options });
}

/** All that an index tells, as plain data; what it says of how it was made apart. */
export function tell(codebase: Codebase): object {
  return {
    commit: codebase.commit,
    skipped: codebase.made.skipped,
    history: { commits: codebase.history.commits, shallow: codebase.history.shallow },
    packages: codebase.packages,
    files: codebase.files.map((file) => ({
      ...file,
      windows: file.windows.map(({ terms, counts, ...rest }) => ({
        ...rest,
        terms: [...terms],
        counts: [...counts],
      })),
    })),
  };
}
