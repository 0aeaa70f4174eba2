import type { Progress } from "../shared/progress.ts";
import type { FileEntry, IndexableSnapshot } from "../workspace/port.ts";
import type { Codebase, IndexReport } from "./codebase.ts";
import { beginOutliner } from "./index/begin-outliner.ts";
import { chooseReading, READ_BYTES } from "./index/choose-reading.ts";
import { createTermCounter } from "./index/count-terms.ts";
import { createCodebase } from "./index/create-codebase.ts";
import { describeFile } from "./index/describe-file.ts";
import { roleOfPath } from "./index/judge-role.ts";
import { readSource, type Tools, unreadable } from "./index/read-source.ts";
import type { SourceRecord } from "./index/source-record.ts";
import { findManifests } from "./packages/find-manifests.ts";
import { readPackages } from "./packages/read-packages.ts";

export type LoadOptions = {
  progress?: Progress;
  signal?: AbortSignal;
  /** Commits of the past that are read at most. */
  historyMost?: number;
  /** Threads that read files; 0 reads them in this one. */
  workers?: number;
};

const HISTORY_COMMITS = 6_000;
const MOST_SKIPPED = 100;

/** Reads the index of a commit. Faults of git are thrown as `Stop`, an abort as the signal's reason; a single file never ends it. */
export async function loadCodebase(
  snapshot: IndexableSnapshot,
  { signal, historyMost = HISTORY_COMMITS }: LoadOptions = {},
): Promise<Codebase> {
  const began = performance.now();
  const history = snapshot.history({ most: historyMost });
  history.catch(() => {});
  const entries = (await snapshot.list())
    .filter(({ kind }) => kind !== "submodule")
    .sort((left, right) => (left.path < right.path ? -1 : 1));
  const readable = entries.filter(({ kind, bytes }) => kind !== "symlink" && bytes <= READ_BYTES);
  const tools: Tools = {
    outliner: await beginOutliner(),
    count: createTermCounter(),
  };
  const records = new Map<string, SourceRecord>();
  let at = 0;
  for await (const bytes of snapshot.readAll(
    readable.map(({ id }) => id),
    signal,
  )) {
    const entry = readable[at++];
    if (entry !== undefined) records.set(entry.path, await readEntry(entry, bytes, tools));
  }
  const skipped: IndexReport["skipped"][number][] = [];
  const files = entries.map((entry, index) => {
    const record = records.get(entry.path) ?? unreadable(null);
    if (entry.kind !== "symlink") {
      const why = entry.bytes > READ_BYTES ? "too-large" : record.kind;
      if (why !== "text" && skipped.length < MOST_SKIPPED) skipped.push({ path: entry.path, why });
    }
    return describeFile(index, entry, roleOfPath(entry.path), record);
  });
  const made: IndexReport = {
    files: files.length,
    read: readable.length,
    skipped,
    cache: "made",
    milliseconds: Math.round(performance.now() - began),
  };
  const manifests = findManifests(files.map(({ path }) => path)).map((path) => ({
    path,
    text: records.get(path)?.text ?? "",
  }));
  return createCodebase(snapshot, files, await history, made, {
    graph: () => ({ importsOf: () => [], importersOf: () => [] }),
    packages: () => readPackages(manifests),
    owners: () => () => [],
  });
}

async function readEntry(
  entry: FileEntry,
  bytes: Uint8Array | null,
  tools: Tools,
): Promise<SourceRecord> {
  const reading = chooseReading(entry, roleOfPath(entry.path));
  if (bytes === null) return unreadable(reading.language);
  if (reading.outline === "grammar" && reading.language !== null)
    await tools.outliner.prepare(reading.language);
  return readSource(bytes, reading, tools);
}
