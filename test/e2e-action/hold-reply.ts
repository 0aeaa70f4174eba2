import { execFileSync } from "node:child_process";
import { constants, rmSync } from "node:fs";
import { open, rm, writeFile } from "node:fs/promises";

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Opens a pipe for writing once somebody reads it. */
async function openWhenRead(path: string, over: () => boolean) {
  while (!over()) {
    try {
      return await open(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      const { code } = error as { code?: string };
      if (code !== "ENXIO") throw error;
      await pause(20);
    }
  }
  return null;
}

/** Makes a reply a pipe, so that a model which wants it waits. `reached` is when somebody does. */
export function holdReply(path: string, usual: unknown) {
  rmSync(path, { force: true });
  execFileSync("mkfifo", [path]);
  let over = false;
  let say: (reply: unknown) => void = () => {};
  const said = new Promise<unknown>((resolve) => {
    say = resolve;
  });
  const reader = openWhenRead(path, () => over);
  void (async () => {
    const reply = JSON.stringify(await said);
    over = true;
    const pipe = await reader;
    // Who reads later, and a second time, finds a file.
    await rm(path, { force: true });
    await writeFile(path, reply);
    await pipe?.writeFile(reply).catch(() => {});
    await pipe?.close();
  })();
  return {
    reached: reader.then(() => {}),
    release: (reply: unknown = usual) => say(reply),
  };
}
