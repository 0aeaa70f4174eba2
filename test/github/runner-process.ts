import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Milliseconds that a process has after each signal before the next, harder one. */
const grace = { interrupt: 3_000, terminate: 1_000 };

export type Ended = { code: number | null; stopped: boolean };

export type Process = {
  ended: Promise<Ended>;
  /** Asks it to end as the runner does: SIGINT, then SIGTERM, then SIGKILL, to its whole group. */
  stop(): void;
  /** Ends it at once. */
  kill(): void;
};

/** Starts a program in a process group of its own; every line that it writes is told. */
export function startProcess(
  command: string,
  parameters: readonly string[],
  options: {
    folder: string;
    environment: Readonly<Record<string, string>>;
    line: (text: string) => void;
  },
): Process {
  const child = spawn(command, parameters, {
    cwd: options.folder,
    env: { ...options.environment },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const timers: NodeJS.Timeout[] = [];
  let stopped = false;
  const signal = (name: NodeJS.Signals): void => {
    stopped = true;
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // It has ended by itself meanwhile.
    }
  };
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on(
      "line",
      options.line,
    );
  }
  const ended = new Promise<Ended>((done) => {
    const end = (code: number | null): void => {
      for (const timer of timers) clearTimeout(timer);
      done({ code, stopped });
    };
    child.on("error", (error) => {
      options.line(`##[error]${error.message}`);
      end(null);
    });
    child.on("close", (code) => end(code));
  });
  return {
    ended,
    stop: () => {
      signal("SIGINT");
      timers.push(setTimeout(() => signal("SIGTERM"), grace.interrupt));
      timers.push(setTimeout(() => signal("SIGKILL"), grace.interrupt + grace.terminate));
    },
    kill: () => signal("SIGKILL"),
  };
}
