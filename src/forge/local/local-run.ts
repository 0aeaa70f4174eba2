import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** Start time of a process in clock ticks where /proc tells it: a process id alone may have been given to another. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may hold spaces; fields are counted after it. The start time is field 22.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "0";
  } catch {
    return "0";
  }
}

/** Names this process so that a later one can tell whether it still runs: `local:<host>:<pid>:<start>`. */
export const localRunId = (): string =>
  `local:${hostname().replaceAll(":", "_")}:${process.pid}:${startOf(process.pid)}`;

/** Whether a local run still exists. A run of another machine, or of GitHub, cannot be told from here. */
export async function isLocalRunAlive(runId: string): Promise<"alive" | "gone" | "unknown"> {
  const match = /^local:([^:]*):(\d+):(\d+)$/.exec(runId);
  if (!match || match[1] !== hostname().replaceAll(":", "_")) return "unknown";
  const pid = Number(match[2]);
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as { code?: string }).code === "ESRCH") return "gone";
  }
  const start = startOf(pid);
  return start === match[3] || start === "0" ? "alive" : "gone";
}
