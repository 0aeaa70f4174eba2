import type { IndexableSnapshot } from "../../workspace/port.ts";
import { type Batch, joinBytes } from "./batch.ts";
import { encodeRecord } from "./encode-record.ts";
import { type Reading, unreadable } from "./source-record.ts";
import type { Readers } from "./start-workers.ts";

/** A content that is to be read in one way. */
export type Missing = { key: string; id: string; reading: Reading };

type Piece = { missing: Missing; bytes: Uint8Array | null };

const BATCH_BYTES = 256 * 1024;
const BATCH_FILES = 128;
/** Threads that end while they read one file are replaced so often; then something else is wrong. */
const MOST_LOST = 20;

type Take = (key: string, record: Uint8Array) => void;

/** Reads contents and gives each record to `take`, in no order. One that ends its reader is `unreadable`, and the rest go on. */
export async function readMissing(
  snapshot: IndexableSnapshot,
  wanted: readonly Missing[],
  readers: Readers,
  take: Take,
  signal?: AbortSignal,
): Promise<void> {
  const suspects = await readIn(snapshot, wanted, BATCH_FILES, readers, take, signal);
  const bad = await readIn(
    snapshot,
    suspects.slice(0, MOST_LOST * BATCH_FILES),
    1,
    readers,
    take,
    signal,
  );
  for (const { key, reading } of [...bad, ...suspects.slice(MOST_LOST * BATCH_FILES)])
    take(key, encodeRecord(unreadable(reading.language)));
}

/** Reads in batches of at most `files`; gives back what was in a batch that was lost. */
async function readIn(
  snapshot: IndexableSnapshot,
  wanted: readonly Missing[],
  files: number,
  readers: Readers,
  take: Take,
  signal?: AbortSignal,
): Promise<Missing[]> {
  const lost: Missing[] = [];
  const underWay = new Set<Promise<void>>();
  const send = async (pieces: readonly Piece[]): Promise<void> => {
    while (underWay.size >= readers.room) await Promise.race(underWay);
    const reading = readPieces(pieces, readers, take).then((done) => {
      if (!done) lost.push(...pieces.map(({ missing }) => missing));
    });
    const tracked: Promise<void> = reading.finally(() => underWay.delete(tracked));
    underWay.add(tracked);
  };
  let pieces: Piece[] = [];
  let size = 0;
  let at = 0;
  const ids = wanted.map(({ id }) => id);
  for await (const bytes of snapshot.readAll(ids, signal)) {
    const missing = wanted[at++];
    if (missing === undefined) break;
    pieces.push({ missing, bytes });
    size += bytes?.byteLength ?? 0;
    if (size < BATCH_BYTES && pieces.length < files) continue;
    await send(pieces);
    pieces = [];
    size = 0;
  }
  if (pieces.length > 0) await send(pieces);
  await Promise.all(underWay);
  return lost;
}

async function readPieces(
  pieces: readonly Piece[],
  readers: Readers,
  take: Take,
): Promise<boolean> {
  const batch: Batch = {
    bytes: joinBytes(pieces.flatMap(({ bytes }) => bytes ?? [])),
    files: pieces.map(({ missing, bytes }) => ({
      length: bytes?.byteLength ?? -1,
      reading: missing.reading,
    })),
  };
  const answer = await readers.read(batch);
  if (answer === null) return false;
  let from = 0;
  for (const [index, { missing }] of pieces.entries()) {
    const length = answer.lengths[index] ?? 0;
    take(missing.key, new Uint8Array(answer.bytes, from, length));
    from += length;
  }
  return true;
}
