import type { Way } from "./list-deaths.ts";
import { openWorker } from "./worker.ts";

/** Orders from the parent: names of ways to die, or none to end. */
export type Order = { names: readonly string[] };

const [program = ""] = process.argv.slice(2);
const send = (message: unknown): void => void process.send?.(message);
const worker = await openWorker(program);
// Whoever gave the orders is gone, or has all the answers.
process.on("disconnect", () => process.exit());
const byName = new Map(worker.ways.map((way) => [way.name, way]));
send({ kind: "ready", ways: worker.ways, rehearsal: worker.offSpec });
process.on("message", async ({ names }: Order) => {
  if (names.length === 0) {
    send({ kind: "end", offSpec: worker.offSpec });
    await worker.close();
    process.disconnect();
    return;
  }
  const ways = names.flatMap((name): Way[] => {
    const way = byName.get(name);
    return way ? [way] : [];
  });
  await worker.work(ways, (done) => send({ kind: "done", done }));
  send({ kind: "idle" });
});
