import { createOutliner } from "../outline/create-outliner.ts";
import { type Batch, joinBytes, type ReadBatch } from "./batch.ts";
import { createTermCounter } from "./count-terms.ts";
import { encodeRecord } from "./encode-record.ts";
import { loadGrammar, loadRuntime } from "./load-grammar-bytes.ts";
import { readSource, type Tools } from "./read-source.ts";
import { type Reading, unreadable } from "./source-record.ts";

/** Reads batches in this thread. A file that cannot be read gives a record that says so. */
export function createBatchReader(): ReadBatch {
  let opening: Promise<Tools> | null = null;
  return async (batch) => {
    opening ??= openTools();
    const tools = await opening;
    await prepareGrammars(batch, tools);
    let at = 0;
    const records = batch.files.map(({ length, reading }) => {
      const bytes = length < 0 ? null : new Uint8Array(batch.bytes, at, length);
      at += Math.max(length, 0);
      return encodeRecord(readSafely(bytes, reading, tools));
    });
    return { bytes: joinBytes(records), lengths: records.map(({ byteLength }) => byteLength) };
  };
}

const openTools = async (): Promise<Tools> => ({
  outliner: await createOutliner({ runtime: loadRuntime, grammar: loadGrammar }),
  count: createTermCounter(),
});

async function prepareGrammars({ files }: Batch, { outliner }: Tools): Promise<void> {
  const needed = files.flatMap(({ reading: { outline, language } }) =>
    outline === "grammar" && language !== null ? [language] : [],
  );
  await Promise.all([...new Set(needed)].map((language) => outliner.prepare(language)));
}

function readSafely(bytes: Uint8Array | null, reading: Reading, tools: Tools) {
  if (bytes === null) return unreadable(reading.language);
  try {
    return readSource(bytes, reading, tools);
  } catch {
    return unreadable(reading.language);
  }
}
