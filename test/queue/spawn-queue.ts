import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

/** A process over the queue at `place`, with the lines that it has written so far. */
export type QueueProcess = { child: ChildProcess; lines: string[]; ended: Promise<void> };

export function spawnQueue(place: string, mode: string, name: string): QueueProcess {
  const script = join(import.meta.dirname, "queue-process.ts");
  const child = spawn(process.execPath, [script, place, mode, name], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  let rest = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    lines.push(...parts);
  });
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  return { child, lines, ended };
}

/** Waits for something to become true; fails after 30 s. */
export async function until(what: () => boolean): Promise<void> {
  for (let waited = 0; !what(); waited += 20) {
    if (waited > 30_000) throw new Error(`waited 30 s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
