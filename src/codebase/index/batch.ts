import type { Reading } from "./source-record.ts";

/** Contents to read, one behind the other in `bytes`; `length` is -1 where git could not give one. */
export type Batch = {
  bytes: ArrayBuffer;
  files: readonly { length: number; reading: Reading }[];
};

/** Their records, one behind the other in the same order. */
export type BatchAnswer = { bytes: ArrayBuffer; lengths: readonly number[] };

export type ReadBatch = (batch: Batch) => Promise<BatchAnswer>;

/** Puts pieces one behind the other. */
export function joinBytes(pieces: readonly Uint8Array[]): ArrayBuffer {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.byteLength;
  }
  return joined.buffer;
}
