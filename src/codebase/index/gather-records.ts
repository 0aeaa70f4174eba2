import { availableParallelism } from "node:os";
import type { Progress } from "../../shared/progress.ts";
import type { IndexableSnapshot } from "../../workspace/port.ts";
import type { IndexReport } from "../codebase.ts";
import { decodeRecord } from "./encode-record.ts";
import type { PlannedFile } from "./plan-reading.ts";
import { type Missing, readMissing } from "./read-missing.ts";
import { readKept, writeSegment } from "./record-store.ts";
import { startReaders } from "./start-workers.ts";
import { tellReading } from "./tell-reading.ts";
import { SEGMENT_BYTES, tidyCache } from "./tidy-cache.ts";

export type Gathering = {
  /** Threads; null lets it decide by how much there is to read. */
  workers: number | null;
  progress: Progress;
  signal?: AbortSignal | undefined;
};

export type Gathered = {
  records: ReadonlyMap<string, Uint8Array>;
  /** Keys that the cache did not hold. */
  read: ReadonlySet<string>;
  cache: IndexReport["cache"];
};

/** Starting a thread costs more than reading so little does. */
const FEW_BYTES = 384 * 1024;
/** Below this the cores are shared with git and with what this thread does: one thread fewer is as fast, for a fifth less of work. */
const MANY_BYTES = 64 * 1024 * 1024;
const MOST_WORKERS = 4;

function chooseWorkers(missing: readonly Wanted[]): number {
  const bytes = missing.reduce((sum, one) => sum + one.bytes, 0);
  if (bytes <= FEW_BYTES) return 0;
  const cores = availableParallelism();
  return Math.min(MOST_WORKERS, bytes > MANY_BYTES ? cores : Math.max(1, cores - 1));
}

/** The records of all planned files: what the cache holds, and the rest read now and kept for the next time. */
export async function gatherRecords(
  snapshot: IndexableSnapshot,
  planned: readonly PlannedFile[],
  { workers, progress, signal }: Gathering,
): Promise<Gathered> {
  const wanted = new Set(planned.flatMap(({ key }) => key ?? []));
  const kept = await readKept(snapshot.cache, wanted);
  const missing = findMissing(planned, kept.records);
  const read = new Set(missing.map(({ key }) => key));
  const found = kept.broken ? "broken" : kept.records.size > 0 ? "used" : "made";
  if (missing.length === 0) return { records: kept.records, read, cache: found };
  const readers = startReaders(workers ?? chooseWorkers(missing));
  const keeper = keepRecords(snapshot, kept.records);
  const tell = tellReading(progress, missing.length);
  try {
    await readMissing(
      snapshot,
      missing,
      readers,
      (key, record) => {
        keeper.add(key, record);
        tell();
      },
      signal,
    );
  } finally {
    // What was read before an end is kept for the next time.
    await Promise.all([readers.stop(), keeper.flush()]);
  }
  const written = await keeper.written();
  if (written) await tidyCache(snapshot.cache, kept.records);
  return { records: kept.records, read, cache: written ? found : "unwritable" };
}

type Wanted = Missing & { bytes: number };

function findMissing(
  planned: readonly PlannedFile[],
  kept: ReadonlyMap<string, Uint8Array>,
): Wanted[] {
  const missing = new Map<string, Wanted>();
  for (const { key, entry, reading } of planned) {
    if (key !== null && !kept.has(key))
      missing.set(key, { key, id: entry.id, reading, bytes: entry.bytes });
  }
  return [...missing.values()];
}

/** Takes new records, and writes them to the cache whenever enough have come together. One that could not be read is not kept. */
function keepRecords({ cache }: IndexableSnapshot, records: Map<string, Uint8Array>) {
  const writing: Promise<boolean>[] = [];
  let fresh = new Map<string, Uint8Array>();
  let size = 0;
  const flush = async (): Promise<void> => {
    if (fresh.size === 0) return;
    const segment = writeSegment(cache, fresh);
    for (const [key, record] of segment.records) records.set(key, record);
    writing.push(segment.written);
    fresh = new Map();
    size = 0;
    // More than two at once would only fill the memory.
    await writing.at(-2);
  };
  return {
    add: (key: string, record: Uint8Array) => {
      records.set(key, record);
      if (decodeRecord(record).kind === "unreadable") return;
      fresh.set(key, record);
      size += record.byteLength;
      if (size >= SEGMENT_BYTES) void flush();
    },
    flush,
    written: async () => (await Promise.all(writing)).every(Boolean),
  };
}
