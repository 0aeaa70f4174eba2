import { isUtf8 } from "node:buffer";

const PROBE = 8_192;

/**
 * The text of a file, without a byte order mark; null when it is binary: a NUL byte, or more control characters than text has.
 * What is not UTF-8 is read as Latin-1, and UTF-16 where a mark says so.
 */
export function decodeText(bytes: Uint8Array): string | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return decodeWide(buffer, "utf-16le");
  if (buffer[0] === 0xfe && buffer[1] === 0xff) return decodeWide(buffer, "utf-16be");
  if (buffer.includes(0)) return null;
  if (isUtf8(buffer)) {
    const marked = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf;
    return buffer.toString("utf8", marked ? 3 : 0);
  }
  return hasControls(buffer) ? null : buffer.toString("latin1");
}

function decodeWide(bytes: Buffer, encoding: string): string | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}

function hasControls(bytes: Buffer): boolean {
  const probe = bytes.subarray(0, PROBE);
  let controls = 0;
  for (const byte of probe) if (byte < 32 && (byte < 7 || byte > 13) && byte !== 27) controls += 1;
  return controls * 20 > probe.length;
}
