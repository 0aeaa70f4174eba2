import { mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type IsolationRoute, isolateCommand } from "./isolate-command.ts";
import { runCommand } from "./run-command.ts";

/** How commands of the repository are run: in namespaces of their own, or as the user. */
export type IsolationMode = "namespaces" | "none";

export type IsolationAnswer = {
  available: boolean;
  /** The route that works; null when none does. */
  route: IsolationRoute | null;
  /** What is available, or why it is not, in words of the system. */
  detail: string;
};

// What the command must find: no other process, no home, nothing to write outside, no way to the network, no right of root.
const PROBE = [
  "[ -w . ] && [ -w /tmp ] && ! [ -w /etc ]",
  "[ $(ls -d /proc/[0-9]* | wc -l) -lt 12 ]",
  "! grep -qv '^ *lo:\\|[|]' /proc/net/dev",
  "grep -q '^NoNewPrivs:[[:space:]]*1' /proc/self/status",
  "[ $(id -u) != 0 ] && echo made > made",
  "echo isolated",
  "{ grep -qs 127.0.0.1 /proc/net/fib_trie && echo loopback || :; }",
].join(" && ");

const words: Readonly<Record<IsolationRoute, string>> = {
  user: "namespaces of Linux (user, mount, process, network, IPC)",
  root: "namespaces of Linux made by root (mount, process, network, IPC), with a fresh user",
  sudo: "namespaces of Linux made through sudo (mount, process, network, IPC), with a fresh user",
};

/** For a terminal: a person's sudo is not used without their saying so. */
const ownRoutes = (): readonly IsolationRoute[] =>
  process.getuid?.() === 0 ? ["root", "user"] : ["user"];

/** For a runner that nobody sits at: a fresh user first, by whatever way there is. */
export const runnerRoutes = (): readonly IsolationRoute[] =>
  process.getuid?.() === 0 ? ["root", "user"] : ["sudo", "user"];

/** Tries whether commands can be run in namespaces here, by running one on each route until it works. */
export async function detectIsolation(
  path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  routes: readonly IsolationRoute[] = ownRoutes(),
): Promise<IsolationAnswer> {
  if (process.platform !== "linux") {
    const detail = `namespaces are a feature of Linux, this is ${process.platform}`;
    return { available: false, route: null, detail };
  }
  const refusals: string[] = [];
  for (const route of routes) {
    const said = await tryRoute(route, path);
    if (said === null) return { available: true, route, detail: words[route] };
    refusals.push(routes.length > 1 ? `${route}: ${said}` : said);
  }
  return { available: false, route: null, detail: refusals.join("; ").slice(0, 500) };
}

/** Null when a command runs in isolation on this route; else what the system says. */
async function tryRoute(route: IsolationRoute, path: string): Promise<string | null> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "archwright-probe-")));
  const enclosure = {
    directory: join(folder, "work"),
    ...{ writable: [], readable: [], hidden: [], network: "none" as const, route },
    temporary: join(folder, "tmp"),
    environment: { PATH: path, LANG: "C" },
  };
  try {
    await mkdir(enclosure.directory);
    await mkdir(enclosure.temporary);
    const outcome = await runCommand({
      name: "probe",
      command: PROBE,
      directory: enclosure.directory,
      environment: enclosure.environment,
      limits: { seconds: 20, outputBytes: 4_000 },
      signal: new AbortController().signal,
      isolate: (invocation) => isolateCommand(invocation, enclosure),
    });
    if (outcome.exitCode === 0 && outcome.output.includes("isolated")) {
      await rm(join(enclosure.directory, "made"));
      return null;
    }
    return outcome.output.trim() || `ended with ${outcome.exitCode ?? outcome.ended}`;
  } catch (error) {
    return `what the command made could not be taken back: ${String(error)}`;
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}
