import { mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isolateCommand } from "./isolate-command.ts";
import { runCommand } from "./run-command.ts";

/** How commands of the repository are run: in namespaces of their own, or as the user. */
export type IsolationMode = "namespaces" | "none";

export type IsolationAnswer = {
  available: boolean;
  /** What is available, or why it is not, in words of the system. */
  detail: string;
};

// What the command must find: no other process, no home, nothing to write outside, no way to the network.
const PROBE = [
  "[ -w . ] && [ -w /tmp ] && ! [ -w /etc ]",
  "[ $(ls -d /proc/[0-9]* | wc -l) -lt 12 ]",
  "! grep -qv '^ *lo:\\|[|]' /proc/net/dev",
  "echo isolated",
  "{ grep -qs 127.0.0.1 /proc/net/fib_trie && echo loopback || :; }",
].join(" && ");

/** Tries whether commands can be run in namespaces here, by running one. */
export async function detectIsolation(
  path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
): Promise<IsolationAnswer> {
  if (process.platform !== "linux") {
    return {
      available: false,
      detail: `namespaces are a feature of Linux, this is ${process.platform}`,
    };
  }
  const folder = await realpath(await mkdtemp(join(tmpdir(), "archwright-probe-")));
  const enclosure = {
    directory: join(folder, "work"),
    writable: [],
    readable: [],
    hidden: [],
    temporary: join(folder, "tmp"),
    network: "none" as const,
  };
  try {
    await mkdir(enclosure.directory);
    await mkdir(enclosure.temporary);
    const outcome = await runCommand({
      name: "probe",
      command: PROBE,
      directory: enclosure.directory,
      environment: { PATH: path, LANG: "C" },
      limits: { seconds: 10, outputBytes: 4_000 },
      signal: new AbortController().signal,
      isolate: (invocation) => isolateCommand(invocation, enclosure),
    });
    if (outcome.exitCode === 0 && outcome.output.includes("isolated")) {
      return {
        available: true,
        detail: "namespaces of Linux (user, mount, process, network, IPC)",
      };
    }
    const said = outcome.output.trim() || `ended with ${outcome.exitCode ?? outcome.ended}`;
    return { available: false, detail: said.slice(0, 500) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
