import { isolationScript } from "./isolation-script.ts";
import type { Invocation } from "./run-command.ts";

/** What a command sees in isolation. Paths are absolute and real (no links). */
export type Enclosure = {
  /** Where the command starts; it may write there. */
  directory: string;
  /** Further folders that it may write. */
  writable: readonly string[];
  /** Folders inside hidden ones that it needs and may only read, such as the one of Node. */
  readable: readonly string[];
  /** Folders that it finds empty, such as the user's home and repository. */
  hidden: readonly string[];
  /** Folder of this machine that it sees as `/tmp`. */
  temporary: string;
  /** `none`: only a loopback of its own. */
  network: "none" | "host";
};

const pairs = (word: string, paths: readonly string[]): string[] =>
  paths.flatMap((path) => [word, path]);

/** Identity in the namespace: the caller's, or `nobody` for root, because much software behaves otherwise as root. */
const ordinary = (id: number | undefined): string =>
  String(id === undefined || id === 0 ? 65534 : id);

/**
 * The invocation that runs another one in namespaces of its own (user, mounts, processes, IPC, host name, network).
 * Ending its process ends everything in them. Needs `unshare`, `setpriv`, `mount` and `pivot_root` of util-linux.
 */
export function isolateCommand(invocation: Invocation, enclosure: Enclosure): Invocation {
  const spaces = ["--user", "--map-root-user", "--mount", "--pid", "--ipc", "--uts"];
  const network = enclosure.network === "none" ? ["--net"] : [];
  const launch = [...spaces, ...network, "--fork", "--kill-child=KILL", "--"];
  const view = [
    ...pairs("hide", enclosure.hidden),
    ...pairs("read", enclosure.readable),
    ...pairs("write", [enclosure.directory, ...enclosure.writable]),
    ...["temporary", enclosure.temporary],
    ...["network", enclosure.network],
    ...["user", ordinary(process.getuid?.())],
    ...["group", ordinary(process.getgid?.())],
    ...["directory", enclosure.directory],
    ...["private", process.getuid?.() === 0 ? "yes" : "no"],
  ];
  // Killed when this process dies in whatever way, so that no command outlives a killed run.
  const tied = ["--pdeathsig", "KILL", "--", "unshare"];
  return {
    program: "setpriv",
    arguments: [
      ...[...tied, ...launch, "/bin/sh", "-c", isolationScript, "archwright", ...view],
      ...["run", invocation.program, ...invocation.arguments],
    ],
  };
}
