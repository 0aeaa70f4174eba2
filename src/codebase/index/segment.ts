import { createHash } from "node:crypto";

/** Records by key, as one file of the cache holds them. Every record begins at a multiple of four. */
export type Segment = ReadonlyMap<string, Uint8Array>;

const MAGIC = 0x31786461;
const HEAD_BYTES = 16;

/** A segment as bytes, in the order of keys, and the same records as they lie in those bytes. */
export function packSegment(records: Segment): { bytes: Uint8Array; records: Segment } {
  const keys = [...records.keys()].sort();
  const lengths = keys.map((key) => records.get(key)?.byteLength ?? 0);
  const table = Buffer.from(JSON.stringify([keys, lengths]));
  const body = lengths.reduce((sum, length) => sum + length, 0);
  const bytes = new Uint8Array(HEAD_BYTES + body + table.length);
  new Uint32Array(bytes.buffer, 0, 4).set([MAGIC, keys.length, HEAD_BYTES + body, table.length]);
  let at = HEAD_BYTES;
  for (const key of keys) {
    const record = records.get(key);
    if (record !== undefined) bytes.set(record, at);
    at += record?.byteLength ?? 0;
  }
  bytes.set(table, at);
  return { bytes, records: openTable(bytes, keys, lengths) };
}

function openTable(
  bytes: Uint8Array,
  keys: readonly string[],
  lengths: readonly number[],
): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  let at = HEAD_BYTES;
  for (const [index, key] of keys.entries()) {
    const length = lengths[index] ?? 0;
    found.set(key, bytes.subarray(at, at + length));
    at += length;
  }
  return found;
}

export const hashOf = (bytes: Uint8Array): string =>
  createHash("sha256").update(bytes).digest("hex");

/** The records of a segment whose bytes have this hash; null when they do not, or are no segment. */
export function openSegment(stored: Uint8Array, hash: string): Segment | null {
  if (stored.byteLength < HEAD_BYTES || hashOf(stored) !== hash) return null;
  // Small files come at any place of a larger buffer; words must begin at a multiple of four.
  const bytes = stored.byteOffset % 4 === 0 ? stored : Uint8Array.from(stored);
  const [magic, count = 0, start = 0, length = 0] = new Uint32Array(
    ...([bytes.buffer, bytes.byteOffset, 4] as const),
  );
  if (magic !== MAGIC) return null;
  const table = Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString("utf8");
  const [keys, lengths] = JSON.parse(table) as [string[], number[]];
  return keys.length === count ? openTable(bytes, keys, lengths) : null;
}
