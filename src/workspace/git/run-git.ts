import { execa } from "execa";
import type { Failure } from "../../shared/failure.ts";
import { fail, type Result, succeed } from "../../shared/result.ts";

/** How one git call is made. */
export type GitCall = {
  /** Directory of git's data; null lets git find it from `cwd`. */
  gitDir: string | null;
  cwd: string;
  environment: Readonly<Record<string, string>>;
  /** Variables beside the environment. */
  extra?: Readonly<Record<string, string>>;
  input?: string | Buffer;
  /** Bytes of output at most; more is cut and `cut` says so. */
  limit?: number;
  seconds?: number;
  /** Exit codes that are answers, not faults. */
  accept?: readonly number[];
};

export type GitAnswer = { output: Buffer; exitCode: number; cut: boolean };

// What a repository's own configuration could make git execute is switched off, whatever it says.
const inert = [
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "core.untrackedCache=false",
  "core.alternateRefsCommand=true",
  "gc.auto=0",
  "maintenance.auto=false",
  "submodule.recurse=false",
  "fetch.recurseSubmodules=false",
  "protocol.ext.allow=never",
  "log.showSignature=false",
  "core.attributesFile=/dev/null",
].flatMap((setting) => ["-c", setting]);

/**
 * Runs git with an argument array and the given environment only. Nothing that a repository configures is
 * executed: no hooks, no file-system monitor, no pager, no editor, no prompt, no background upkeep.
 * Failures: `git-missing`, `disk-full`, `git-failed`.
 */
export async function runGit(
  call: GitCall,
  arguments_: readonly string[],
): Promise<Result<GitAnswer>> {
  if (arguments_.some((word) => word.includes("\0"))) {
    return fail(gitFailure(arguments_, call.cwd, undefined, "an argument contains a NUL byte"));
  }
  const place = call.gitDir === null ? [] : [`--git-dir=${call.gitDir}`];
  const result = await execa("git", ["--no-pager", ...place, ...inert, ...arguments_], {
    cwd: call.cwd,
    env: { ...call.environment, ...call.extra },
    extendEnv: false,
    encoding: "buffer",
    reject: false,
    // Ctrl-C at the terminal reaches its whole process group: git finishes its short work in a group of its own,
    // so that an interruption is ours to handle and never a half-done command.
    detached: true,
    stripFinalNewline: false,
    maxBuffer: { stdout: call.limit ?? 512 * 1024 * 1024, stderr: 1024 * 1024 },
    timeout: (call.seconds ?? 120) * 1000,
    ...(call.input === undefined ? { stdin: "ignore" } : { input: call.input }),
  });
  const output = Buffer.from(result.stdout ?? []);
  if (result.isMaxBuffer && call.limit !== undefined) {
    return succeed({ output, exitCode: 0, cut: true });
  }
  if (result.exitCode !== undefined && [0, ...(call.accept ?? [])].includes(result.exitCode)) {
    return succeed({ output, exitCode: result.exitCode, cut: false });
  }
  const code = result.code;
  const words = Buffer.from(result.stderr ?? [])
    .toString("utf8")
    .trim();
  const told = result.timedOut ? "took too long" : words || (result.shortMessage ?? "");
  return fail(gitFailure(arguments_, call.cwd, code, told));
}

function gitFailure(
  arguments_: readonly string[],
  path: string,
  code: string | undefined,
  words: string,
): Failure {
  if (code === "ENOENT") return { reason: "git-missing" };
  // Git passes the system's errors on in words only; its language is fixed by LC_ALL=C.
  if (/No space left on device|Disk quota exceeded/.test(words)) {
    return { reason: "disk-full", path };
  }
  const command = arguments_.find((word) => /^[a-z][a-z-]*$/.test(word)) ?? "git";
  return { reason: "git-failed", command, detail: words.slice(0, 2000) };
}
