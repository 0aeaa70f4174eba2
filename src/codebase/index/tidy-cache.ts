import type { Cache } from "../../workspace/port.ts";
import { readingVersion } from "./reading-version.ts";
import { listSegments, readSegment, type SegmentName, writeSegment } from "./record-store.ts";

const SMALL_BYTES = 8 * 1024 * 1024;
const MOST_SMALL = 8;
const SPARE_BYTES = 128 * 1024 * 1024;
/** Segments by other versions of ours are kept for the newest of them alone. */
const OTHER_VERSIONS = 1;
/** Bytes of a segment, about: what is kept in memory a second time while it is written. */
export const SEGMENT_BYTES = 32 * 1024 * 1024;

const sizeOf = (segments: readonly SegmentName[]): number =>
  segments.reduce((sum, { bytes }) => sum + bytes, 0);

/**
 * Keeps the cache few and bounded: many small segments become one, and where all of them together are more than twice what this run
 * used and a spare, only what it used stays. Other processes may do the same at the same time: what one removes too early is read anew.
 */
export async function tidyCache(
  cache: Cache,
  used: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  const version = readingVersion();
  const all = await listSegments(cache);
  await removeOthers(
    cache,
    all.filter((segment) => segment.version !== version),
  );
  const own = all.filter((segment) => segment.version === version);
  const small = own.filter(({ bytes }) => bytes < SMALL_BYTES);
  let usedBytes = 0;
  for (const record of used.values()) usedBytes += record.byteLength;
  if (sizeOf(own) > 2 * usedBytes + SPARE_BYTES) await replace(cache, own, used);
  else if (small.length > MOST_SMALL) await replace(cache, small, await readAll(cache, small));
}

async function removeOthers(cache: Cache, others: readonly SegmentName[]): Promise<void> {
  const versions = [...new Set(others.map(({ version }) => version))];
  const old = new Set(versions.slice(OTHER_VERSIONS));
  for (const { name, version } of others) if (old.has(version)) await cache.remove(name);
}

async function readAll(
  cache: Cache,
  segments: readonly SegmentName[],
): Promise<Map<string, Uint8Array>> {
  const records = new Map<string, Uint8Array>();
  for (const segment of segments) {
    const found = await readSegment(cache, segment);
    if (found === null || found === "broken") continue;
    for (const [key, record] of found) records.set(key, record);
  }
  return records;
}

/** Writes these records in place of segments, which are removed only when all of it is there. */
async function replace(
  cache: Cache,
  segments: readonly SegmentName[],
  records: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  for (const part of cutRecords(records)) if (!(await writeSegment(cache, part).written)) return;
  for (const { name } of segments) await cache.remove(name);
}

function* cutRecords(records: ReadonlyMap<string, Uint8Array>): Generator<Map<string, Uint8Array>> {
  let part = new Map<string, Uint8Array>();
  let bytes = 0;
  for (const [key, record] of records) {
    part.set(key, record);
    bytes += record.byteLength;
    if (bytes < SEGMENT_BYTES) continue;
    yield part;
    part = new Map();
    bytes = 0;
  }
  if (part.size > 0) yield part;
}
