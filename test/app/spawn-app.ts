import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { environmentOf, findPort } from "./open-app.ts";

const door = join(import.meta.dirname, "../../src/app.ts");

export type AppProcess = {
  url: string;
  child: ChildProcess;
  /** What it has written so far, log and words. */
  output: () => string;
  ended: Promise<number | null>;
};

/** The App as `npm start` runs it, in a process of its own with nothing but the given environment. */
export async function spawnApp(
  folder: string,
  change: Record<string, string> = {},
): Promise<AppProcess> {
  const port = await findPort();
  const environment = { ...environmentOf(folder), PORT: String(port), ...change };
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", door], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let written = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      written += text;
    });
  }
  const ended = once(child, "close").then(([code]) => code as number | null);
  const url = `http://127.0.0.1:${port}`;
  return { url, child, output: () => written, ended };
}

export async function untilReady({ url, output, child }: AppProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) break;
    const answer = await fetch(`${url}/ready`).catch(() => null);
    if (answer?.status === 200) return;
    await sleep(50);
  }
  throw new Error(`it did not become ready:\n${output()}`);
}
