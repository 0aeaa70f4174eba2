import { inflateSync } from "node:zlib";
import { fail, type Result, succeed } from "../../shared/result.ts";

/** What a bundle may hold at most. */
export type PackLimits = {
  /** Objects in the pack. */
  objects: number;
  /** Bytes of one object, unpacked. */
  objectBytes: number;
  /** Bytes of all objects, unpacked. */
  unpackedBytes: number;
};

const refuse = (detail: string) =>
  fail({ reason: "hand-over-refused" as const, detail, path: null });

const LONGEST_HEADER = 200_000;
const HEADER_LINE =
  /^(?:@object-format=(?:sha1|sha256)|-(?:[0-9a-f]{40}|[0-9a-f]{64})(?: [^\n]*)?|(?:[0-9a-f]{40}|[0-9a-f]{64}) [^\n]+)$/;

/**
 * The pack inside a git bundle, its parts measured before git unpacks any: a few kilobytes may pretend to be many gigabytes. The refs
 * that the bundle names are not read: the caller knows which commits it wants. Failure: `hand-over-refused`.
 */
export function parseBundle(bytes: Buffer, limits: PackLimits): Result<Buffer> {
  const end = bytes.subarray(0, LONGEST_HEADER).indexOf("\n\n");
  const lines = bytes.toString("latin1", 0, Math.max(end, 0)).split("\n");
  if (end === -1 || !/^# v[23] git bundle$/.test(lines[0] ?? ""))
    return refuse("it is no git bundle");
  if (!lines.slice(1).every((line) => HEADER_LINE.test(line)))
    return refuse("the head of the bundle has a line that is not known");
  const pack = bytes.subarray(end + 2);
  const idBytes = lines.includes("@object-format=sha256") ? 32 : 20;
  try {
    measurePack(pack, limits, idBytes);
  } catch (error) {
    if (error instanceof Oversized) return refuse(error.message);
    return refuse("the pack of the bundle is broken");
  }
  return succeed(pack);
}

class Oversized extends Error {}

const OFFSET_DELTA = 6;
const ID_DELTA = 7;

/** Walks over every object of a pack without keeping any. Throws where it is broken or passes a limit. */
function measurePack(pack: Buffer, limits: PackLimits, idBytes: number): void {
  if (pack.toString("latin1", 0, 4) !== "PACK") throw new Error("no pack");
  const count = pack.readUInt32BE(8);
  if (count > limits.objects)
    throw new Oversized(`the bundle has more than ${limits.objects} objects`);
  let at = 12;
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    const head = readSize(pack, at, 4);
    const type = ((pack[at] ?? 0) >> 4) & 7;
    at = head.next;
    if (type === OFFSET_DELTA) at = skipOffset(pack, at);
    if (type === ID_DELTA) at += idBytes;
    checkSize(head.size, limits);
    const { bytes, used } = inflate(pack.subarray(at), head.size);
    const isDelta = type === OFFSET_DELTA || type === ID_DELTA;
    const size = isDelta ? readSize(bytes, readSize(bytes, 0, 7).next, 7).size : head.size;
    checkSize(size, limits);
    total += size;
    if (total > limits.unpackedBytes)
      throw new Oversized(`the bundle unpacks to more than ${limits.unpackedBytes} bytes`);
    at += used;
  }
}

function checkSize(size: number, { objectBytes }: PackLimits): void {
  if (size > objectBytes)
    throw new Oversized(`the bundle has an object of more than ${objectBytes} bytes`);
}

/** A number in git's way: low bits first, the highest bit of a byte says that more follow. */
function readSize(bytes: Buffer, start: number, firstBits: number): { size: number; next: number } {
  let at = start;
  let byte = bytes.readUInt8(at);
  let size = byte & (2 ** firstBits - 1);
  let scale = 2 ** firstBits;
  while (byte & 0x80) {
    at += 1;
    byte = bytes.readUInt8(at);
    size += (byte & 0x7f) * scale;
    scale *= 128;
    if (scale > 2 ** 49) throw new Error("a size without end");
  }
  return { size, next: at + 1 };
}

function skipOffset(bytes: Buffer, start: number): number {
  let at = start;
  while (bytes.readUInt8(at) & 0x80) at += 1;
  return at + 1;
}

/** Unpacks one object; it may be exactly as large as its head said. */
function inflate(bytes: Buffer, size: number): { bytes: Buffer; used: number } {
  const options = { info: true, maxOutputLength: Math.max(size, 1) };
  // With `info` the answer has the engine, which knows how much it read; its type does not say so.
  const answer = inflateSync(bytes, options) as unknown as {
    buffer: Buffer;
    engine: { bytesWritten: number };
  };
  if (answer.buffer.length !== size) throw new Error("a size that is not true");
  return { bytes: answer.buffer, used: answer.engine.bytesWritten };
}
