import { readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { codeOf } from "./failure-of-error.ts";

/** Removes worktrees whose process has ended without closing them. Never fails: what cannot be removed stays. */
export async function removeAbandoned(storage: string): Promise<void> {
  const folder = join(storage, "worktrees");
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    try {
      const owner: unknown = JSON.parse(await readFile(join(folder, name, "owner.json"), "utf8"));
      const { pid, scratch } = owner as { pid?: unknown; scratch?: unknown };
      if (typeof pid !== "number" || isAlive(pid)) continue;
      await rm(join(folder, name), { recursive: true, force: true });
      if (typeof scratch === "string" && isScratch(scratch)) {
        await rm(scratch, { recursive: true, force: true });
      }
    } catch {
      // Being made just now, or not ours: left alone.
    }
  }
}

const isScratch = (path: string): boolean =>
  basename(path).startsWith("archwright-") && basename(dirname(path)) === basename(tmpdir());

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== "ESRCH";
  }
}
