// A process of its own over a queue: `write` acknowledges jobs on its output until it is killed, `consume` works them off.
import { setTimeout as sleep } from "node:timers/promises";
import { openQueueAt } from "../../src/queue/open-queue-at.ts";

const [place = "", mode = "", name = ""] = process.argv.slice(2);
const opened = await openQueueAt(place);
if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
const queue = opened.value;
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

async function write(): Promise<void> {
  for (let n = 0; ; n += 1) {
    const id = `${name}-${n}`;
    const taken = await queue.enqueue({ id, key: `key-${id}`, lane: `lane-${n % 7}`, data: n });
    if (!taken.ok) throw new Error(JSON.stringify(taken.failure));
    if (taken.value) say(id);
  }
}

async function consume(): Promise<void> {
  for (let idle = 0; idle < 20; ) {
    const claimed = await queue.claim(30_000);
    if (!claimed.ok) throw new Error(JSON.stringify(claimed.failure));
    const job = claimed.value;
    if (!job) {
      idle += 1;
      await sleep(50);
      continue;
    }
    idle = 0;
    say(`begin ${job.lane} ${job.id} ${Date.now()}`);
    await sleep(2);
    say(`end ${job.lane} ${job.id} ${Date.now()}`);
    const completed = await queue.complete(job.id);
    if (!completed.ok) throw new Error(JSON.stringify(completed.failure));
  }
  await queue.close();
}

say("ready");
if (mode === "write") await write();
else if (mode === "consume") await consume();
else {
  const claimed = await queue.claim(Number(name));
  say(claimed.ok ? `claimed ${claimed.value?.id}` : "failed");
  await sleep(600_000);
}
