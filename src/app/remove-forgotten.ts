import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** No job takes so long, and a lease ends before. */
const LONGEST_MILLISECONDS = 3 * 24 * 3_600_000;

/** Takes away clones and journals that killed processes left behind. Never fails: what cannot be removed stays. */
export async function removeForgotten(storage: string, now = Date.now()): Promise<void> {
  for (const folder of ["clones", "phases"]) {
    const names = await readdir(join(storage, folder)).catch(() => []);
    for (const name of names) {
      const path = join(storage, folder, name);
      const facts = await stat(path).catch(() => null);
      if (facts === null || now - facts.mtimeMs < LONGEST_MILLISECONDS) continue;
      await rm(path, { recursive: true, force: true }).catch(() => {});
    }
  }
}
