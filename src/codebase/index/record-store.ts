import type { Cache } from "../../workspace/port.ts";
import { readingVersion } from "./reading-version.ts";
import { hashOf, openSegment, packSegment, type Segment } from "./segment.ts";

/** Name of a segment, taken apart: `index-<version>-<milliseconds>-<bytes>-<sha256>.pack`. */
export type SegmentName = {
  name: string;
  version: string;
  at: number;
  bytes: number;
  hash: string;
};

const shape = /^index-([0-9a-z]+)-([0-9a-z]+)-([0-9a-z]+)-([0-9a-f]{64})\.pack$/;

function parseName(name: string): SegmentName | null {
  const [, version, at, bytes, hash] = shape.exec(name) ?? [];
  if (!version || !at || !bytes || !hash) return null;
  return { name, version, at: Number.parseInt(at, 36), bytes: Number.parseInt(bytes, 36), hash };
}

/** Segments in the cache, the newest first. */
export async function listSegments(cache: Cache): Promise<SegmentName[]> {
  const found = (await cache.list()).flatMap((name) => parseName(name) ?? []);
  return found.sort((left, right) => right.at - left.at || (left.name < right.name ? -1 : 1));
}

/** Reads one segment. `broken` where it is not what its name says: it is removed. Null where another process removed it. */
export async function readSegment(
  cache: Cache,
  { name, hash }: SegmentName,
): Promise<Segment | "broken" | null> {
  const bytes = await cache.read(name);
  if (bytes === null) return null;
  const segment = openSegment(bytes, hash);
  if (segment !== null) return segment;
  await cache.remove(name);
  return "broken";
}

/** Writes records as one segment; `written` is false where the cache takes none. The records are handed back as they lie in its bytes. */
export function writeSegment(
  cache: Cache,
  records: Segment,
): { records: Segment; written: Promise<boolean> } {
  const packed = packSegment(records);
  const { bytes } = packed;
  const parts = [readingVersion(), Date.now().toString(36), bytes.byteLength.toString(36)];
  const name = `index-${parts.join("-")}-${hashOf(bytes)}.pack`;
  return { records: packed.records, written: cache.write(name, bytes) };
}

export type Kept = {
  records: Map<string, Uint8Array>;
  segments: readonly SegmentName[];
  broken: boolean;
};

/** What the cache holds of the wanted keys. Reads the newest segments first, and no more once all are found. */
export async function readKept(cache: Cache, wanted: ReadonlySet<string>): Promise<Kept> {
  const version = readingVersion();
  const segments = await listSegments(cache);
  const records = new Map<string, Uint8Array>();
  let broken = false;
  for (const segment of segments) {
    if (segment.version !== version) continue;
    if (records.size === wanted.size) break;
    const found = await readSegment(cache, segment);
    if (found === "broken") broken = true;
    else if (found !== null)
      for (const [key, record] of found)
        if (wanted.has(key) && !records.has(key)) records.set(key, record);
  }
  return { records, segments, broken };
}
