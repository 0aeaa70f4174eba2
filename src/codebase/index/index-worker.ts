import { parentPort } from "node:worker_threads";
import type { Batch } from "./batch.ts";
import { createBatchReader } from "./read-batch.ts";

// A thread that reads batches, one after the other, and gives their memory back with the answer.
const read = createBatchReader();
let last = Promise.resolve();

parentPort?.on("message", (batch: Batch) => {
  last = last.then(async () => {
    const answer = await read(batch);
    parentPort?.postMessage(answer, [answer.bytes]);
  });
});
