import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { Batch, BatchAnswer, ReadBatch } from "./batch.ts";

/** Readers of batches. `read` gives null where reading ended the thread, or took longer than any honest file does. */
export type Readers = {
  read(batch: Batch): Promise<BatchAnswer | null>;
  /** Batches that may wait at once without anybody being idle. */
  room: number;
  stop(): Promise<void>;
};

const BATCH_SECONDS = 60;
const AHEAD = 2;

const script = fileURLToPath(
  new URL(
    import.meta.url.endsWith(".ts") ? "index-worker.ts" : "index-worker.mjs",
    import.meta.url,
  ),
);

type Waiting = { batch: Batch; answer: (answer: BatchAnswer | null) => void };

/** A thread with the batches it has been sent, in their order. */
function startThread() {
  let thread: Worker | null = null;
  const sent: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;
  const settle = (answer: BatchAnswer | null): void => {
    clearTimeout(timer);
    sent.shift()?.answer(answer);
    if (sent.length > 0) timer = setTimeout(lose, BATCH_SECONDS * 1_000);
  };
  /** Nothing of a thread that ended comes back: what it was reading is given up, and the rest is lost with it. */
  const lose = (): void => {
    const lost = thread;
    thread = null;
    clearTimeout(timer);
    for (const waiting of sent.splice(0)) waiting.answer(null);
    lost?.removeAllListeners();
    lost?.on("error", () => {});
    void lost?.terminate();
  };
  const begin = (): Worker => {
    const worker = new Worker(script);
    worker.on("message", settle);
    worker.on("error", lose);
    worker.on("exit", lose);
    worker.unref();
    return worker;
  };
  thread = begin();
  return {
    load: () => sent.length,
    send: (batch: Batch): Promise<BatchAnswer | null> =>
      new Promise((answer) => {
        thread ??= begin();
        sent.push({ batch, answer });
        if (sent.length === 1) timer = setTimeout(lose, BATCH_SECONDS * 1_000);
        thread.postMessage(batch, [batch.bytes]);
      }),
    stop: async () => {
      const ending = thread;
      lose();
      await ending?.terminate();
    },
  };
}

/** Starts threads; 0 reads in this one. They do not keep the process alive. */
export function startReaders(count: number): Readers {
  if (count === 0) {
    // Grammars and all that goes with them are loaded by those alone who read.
    let opening: Promise<ReadBatch> | null = null;
    const open = async () => (await import("./read-batch.ts")).createBatchReader();
    const read = async (batch: Batch) => {
      opening ??= open();
      return await (await opening)(batch);
    };
    return { read, room: 1, stop: async () => {} };
  }
  const threads = Array.from({ length: count }, startThread);
  return {
    room: count * AHEAD,
    read: (batch) => {
      const idle = threads.toSorted((left, right) => left.load() - right.load())[0];
      return idle === undefined ? Promise.resolve(null) : idle.send(batch);
    },
    stop: async () => {
      await Promise.all(threads.map((thread) => thread.stop()));
    },
  };
}
