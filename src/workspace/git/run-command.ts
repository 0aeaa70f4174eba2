import { type ChildProcess, spawn } from "node:child_process";
import { performance } from "node:perf_hooks";
import type { CommandLimits, CommandOutcome } from "../port.ts";
import { endStragglers } from "./end-stragglers.ts";
import { keepOutput } from "./keep-output.ts";

/** A program with its arguments. */
export type Invocation = {
  program: string;
  arguments: readonly string[];
  /** It is ended by closing its input, because signals would not reach it. */
  endsWithInput?: boolean;
};

export type CommandCall = {
  name: string;
  /** A command of the configuration, for `/bin/sh -c`. */
  command: string;
  directory: string;
  /** The whole environment of the command. */
  environment: Readonly<Record<string, string>>;
  limits: CommandLimits;
  signal: AbortSignal;
  /** Puts the command into isolation; left out, it runs as it is. */
  isolate?: (invocation: Invocation) => Invocation;
};

// Both streams go through one pipe, so that their order is kept.
const MERGED = 'exec 2>&1; exec /bin/sh -c "$1"';
const GRACE_MILLISECONDS = 2_000;

/**
 * Runs a command in a process group of its own, with the given environment only, its input closed. When it ends, is
 * cancelled or passes its time, the whole group is ended (TERM, then KILL), children in the background included.
 * Output beyond the limit is counted, not kept. Never throws for the command's failure.
 */
export async function runCommand(call: CommandCall): Promise<CommandOutcome> {
  const started = performance.now();
  const output = keepOutput(call.limits.outputBytes);
  const outcome = (ended: CommandOutcome["ended"], exitCode: number | null, said?: string) => ({
    name: call.name,
    command: call.command,
    ended,
    exitCode,
    seconds: Math.round(performance.now() - started) / 1000,
    output: said ?? output.text(),
    outputBytes: output.bytes(),
  });
  if (call.signal.aborted) return outcome("cancelled", null);
  const plain = { program: "/bin/sh", arguments: ["-c", MERGED, "sh", call.command] };
  const invocation: Invocation = call.isolate?.(plain) ?? plain;
  const { program, arguments: arguments_, endsWithInput = false } = invocation;
  const child = spawn(program, [...arguments_], {
    cwd: call.directory,
    env: { ...call.environment },
    detached: true,
    stdio: [endsWithInput ? "pipe" : "ignore", "pipe", "pipe"],
  });
  child.stdout?.on("data", output.take);
  child.stderr?.on("data", output.take);
  child.stdin?.on("error", () => {});
  const ending = await watch(child, call);
  if ("error" in ending) return outcome("not-started", null, ending.error.message);
  // In isolation nothing outlives the namespace, and its /tmp is the name of everybody's temporary folder out here.
  if (!call.isolate) endStragglers(call.environment.TMPDIR);
  if (ending.why !== "exited") return outcome(ending.why, null);
  return outcome("exited", ending.exitCode);
}

type Ending =
  | { why: "exited"; exitCode: number }
  | { why: "timed-out" | "cancelled" }
  | { error: Error };

/** Waits for the end of the process and of its output, and ends the group when its time or the caller's patience is over. */
function watch(child: ChildProcess, call: CommandCall): Promise<Ending> {
  return new Promise((settle) => {
    let why: "exited" | "timed-out" | "cancelled" = "exited";
    let grace: NodeJS.Timeout | undefined;
    const end = (reason: "timed-out" | "cancelled") => {
      if (why !== "exited") return;
      why = reason;
      child.stdin?.destroy();
      signalGroup(child, "SIGTERM");
      grace = setTimeout(() => signalGroup(child, "SIGKILL"), GRACE_MILLISECONDS);
    };
    const cancel = () => end("cancelled");
    const timer = setTimeout(() => end("timed-out"), call.limits.seconds * 1000);
    call.signal.addEventListener("abort", cancel, { once: true });
    const tidy = () => {
      clearTimeout(timer);
      clearTimeout(grace);
      call.signal.removeEventListener("abort", cancel);
    };
    child.on("error", (error) => {
      tidy();
      settle({ error });
    });
    child.on("exit", (code, signal) => {
      tidy();
      signalGroup(child, "SIGKILL");
      const ending: Ending = why === "exited" ? { why, exitCode: code ?? exitOf(signal) } : { why };
      drain(child, () => settle(ending));
    });
  });
}

/** Waits until all output has been read; a process that left the group and holds the pipe open is not waited for. */
function drain(child: ChildProcess, done: () => void): void {
  const timer = setTimeout(() => {
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, 300);
  child.on("close", () => {
    clearTimeout(timer);
    done();
  });
}

const numbers: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGTERM: 15,
};

/** The way shells tell a death by signal: 128 and its number. */
const exitOf = (signal: NodeJS.Signals | null): number => 128 + (numbers[signal ?? ""] ?? 0);

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}
