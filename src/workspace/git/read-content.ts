import type { FileContent } from "../port.ts";

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Text when the bytes are UTF-8 without a NUL and within `limit`; else the word that it is binary. */
export function readContent(bytes: Buffer, limit: number): FileContent {
  const binary: FileContent = { kind: "binary", bytes: bytes.length };
  if (bytes.length > limit || bytes.includes(0)) return binary;
  try {
    return { kind: "text", text: strict.decode(bytes) };
  } catch {
    return binary;
  }
}
