import { type Progress, silent } from "../shared/progress.ts";
import type { IndexableSnapshot } from "../workspace/port.ts";
import type { Codebase, ImportGraph, IndexReport, SourceFile } from "./codebase.ts";
import { createCodebase } from "./index/create-codebase.ts";
import { describeFile } from "./index/describe-file.ts";
import { decodeRecord } from "./index/encode-record.ts";
import { gatherRecords } from "./index/gather-records.ts";
import { nameGraph, readGraph, writeGraph } from "./index/keep-graph.ts";
import { type KeptGraph, makeLater } from "./index/make-later.ts";
import { type PlannedFile, planReading } from "./index/plan-reading.ts";
import { type SourceRecord, unreadable } from "./index/source-record.ts";

export type LoadOptions = {
  progress?: Progress;
  signal?: AbortSignal;
  /** Commits of the past that are read at most; 6,000 unless said. */
  historyMost?: number;
  /** Threads that read files; 0 reads them in this one. Unless said it is by how much there is to read: one a core, up to four, and one fewer for little. */
  workers?: number;
};

const HISTORY_COMMITS = 6_000;
const MOST_SKIPPED = 100;

/**
 * The index of a commit: what the cache holds of its files, and the rest read now. It is the same whether the cache held all, some or
 * none. Faults of git are thrown as `Stop`, an abort as the signal's reason; a single file never ends it.
 */
export async function loadCodebase(
  snapshot: IndexableSnapshot,
  options: LoadOptions = {},
): Promise<Codebase> {
  const began = performance.now();
  const { signal, progress = silent, historyMost = HISTORY_COMMITS } = options;
  signal?.throwIfAborted();
  const workers = options.workers ?? null;
  const past = snapshot.history({ most: historyMost });
  // It is awaited at the end: until then nobody would hear of its fault.
  past.catch(() => {});
  const planned = planReading(await snapshot.list());
  const gathered = await gatherRecords(snapshot, planned, { workers, progress, signal });
  const records = planned.map(({ key, reading }) => {
    const bytes = key === null ? undefined : gathered.records.get(key);
    return bytes === undefined ? unreadable(reading.language) : decodeRecord(bytes);
  });
  const files = planned.map(({ entry, role }, index) =>
    describeFile(index, entry, role, records[index] ?? unreadable(null)),
  );
  const history = await past;
  const made: IndexReport = {
    files: files.length,
    read: planned.filter(({ key }) => key !== null && gathered.read.has(key)).length,
    skipped: listSkipped(planned, records),
    cache: gathered.cache,
    milliseconds: Math.round(performance.now() - began),
  };
  return createCodebase(
    snapshot,
    files,
    history,
    made,
    makeLater(files, records, await findGraph(snapshot, files)),
  );
}

/** The graph of an earlier run over the same files; where there is none, the one that this run makes is kept. */
async function findGraph(
  { cache }: IndexableSnapshot,
  files: readonly SourceFile[],
): Promise<KeptGraph> {
  const name = nameGraph(files);
  const keep = (graph: ImportGraph): void => void writeGraph(cache, name, files, graph);
  return { read: await readGraph(cache, name, files), keep };
}

function listSkipped(
  planned: readonly PlannedFile[],
  records: readonly SourceRecord[],
): IndexReport["skipped"] {
  const skipped: IndexReport["skipped"][number][] = [];
  for (const [index, { entry, unread }] of planned.entries()) {
    const why = unread ?? records[index]?.kind ?? "unreadable";
    if (why === "too-large" || why === "binary" || why === "unreadable")
      skipped.push({ path: entry.path, why });
    if (skipped.length === MOST_SKIPPED) break;
  }
  return skipped;
}
