import { readdirSync, readFileSync } from "node:fs";

/**
 * Ends processes that left a command's process group but still carry its private temporary folder in their
 * environment: daemons that a command started. Linux only; elsewhere the group is all there is to end.
 */
export function endStragglers(temporary: string | undefined): void {
  if (process.platform !== "linux" || temporary === undefined) return;
  const mark = `TMPDIR=${temporary}`;
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry) || entry === String(process.pid)) continue;
    try {
      const environment = readFileSync(`/proc/${entry}/environ`, "latin1");
      if (environment.split("\0").includes(mark)) process.kill(Number(entry), "SIGKILL");
    } catch {
      // Ended meanwhile, or somebody else's.
    }
  }
}
