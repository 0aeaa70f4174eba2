import { randomInt } from "node:crypto";
import { totalmem } from "node:os";
import { isolationScript } from "./isolation-script.ts";
import type { Invocation } from "./run-command.ts";
import { superviseScript } from "./supervise-script.ts";

/**
 * How isolation is made. `user`: by an ordinary user, who the command then is to the machine. `root`: by root itself, and the command is a
 * user that nobody is. `sudo`: the same, where sudo asks for no password.
 */
export type IsolationRoute = "user" | "root" | "sudo";

/** What a command may take at most. */
export type Bounds = { processes: number; memoryBytes: number; fileBytes: number };

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
  /** The whole environment of the command. */
  environment: Readonly<Record<string, string>>;
  /** `user` unless said. */
  route?: IsolationRoute;
  bounds?: Partial<Bounds>;
};

const GIGABYTE = 1024 ** 3;

/** A runaway command should end, and leave the machine room to tell of it. */
export const defaultBounds = (): Bounds => ({
  processes: 4_096,
  memoryBytes: Math.floor(Math.max(totalmem() * 0.75, totalmem() - 4 * GIGABYTE)),
  fileBytes: 8 * GIGABYTE,
});

const pairs = (word: string, paths: readonly string[]): string[] =>
  paths.flatMap((path) => [word, path]);

/** Identity in the namespace: the caller's, or `nobody` for root, because much software behaves otherwise as root. */
const ordinary = (id: number | undefined): number => (id === undefined || id === 0 ? 65_534 : id);

/** Numbers that no distribution gives to anybody. Drawn anew for each command, so that no two ever share anything. */
const freshUser = (): number => randomInt(2_000_000_000, 2_100_000_000);

/**
 * The invocation that runs another one in namespaces of its own (mounts, processes, IPC, host name, network; user, where no root
 * makes them). Ending its process ends everything in them. Needs `unshare`, `setpriv`, `prlimit`, `mount` and `pivot_root` of util-linux.
 */
export function isolateCommand(invocation: Invocation, enclosure: Enclosure): Invocation {
  const route = enclosure.route ?? "user";
  return route === "user"
    ? asOrdinaryUser(invocation, enclosure)
    : asFreshUser(invocation, enclosure, route === "sudo" ? ["sudo", "-n", "--"] : []);
}

/** Killed when this process dies in whatever way, so that no command outlives a killed run. */
const tied = (program: string): string[] => ["setpriv", "--pdeathsig", "KILL", "--", program];

function asOrdinaryUser(invocation: Invocation, enclosure: Enclosure): Invocation {
  const view = [
    ...[
      "user",
      String(ordinary(process.getuid?.())),
      "group",
      String(ordinary(process.getgid?.())),
    ],
    ...["become", "mapped", "private", process.getuid?.() === 0 ? "yes" : "no"],
  ];
  const [program = "", ...launch] = [
    ...tied("unshare"),
    ...["--user", "--map-root-user", ...spacesOf(enclosure)],
    ...insideOf(invocation, enclosure, view),
  ];
  return { program, arguments: launch };
}

function asFreshUser(
  invocation: Invocation,
  enclosure: Enclosure,
  through: readonly string[],
): Invocation {
  const user = String(freshUser());
  const { processes, memoryBytes } = { ...defaultBounds(), ...enclosure.bounds };
  const view = ["user", user, "group", user, "become", "fresh", "private", "no"];
  const lent = [enclosure.directory, ...enclosure.writable, enclosure.temporary];
  const [program = "", ...launch] = [
    ...through,
    ...["/bin/sh", "-c", superviseScript, "archwright", "user", user],
    ...["owner", `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`],
    ...["processes", String(processes), "memory", String(memoryBytes), ...pairs("lend", lent)],
    ...["run", ...tied("unshare"), ...spacesOf(enclosure)],
    ...insideOf(invocation, enclosure, view),
  ];
  // Signals of an ordinary user do not reach root's processes; the end of their input does.
  return { program, arguments: launch, endsWithInput: true };
}

const spacesOf = ({ network }: Enclosure): string[] => [
  ...["--mount", "--pid", "--ipc", "--uts"],
  ...(network === "none" ? ["--net"] : []),
  ...["--fork", "--kill-child=KILL", "--"],
];

function insideOf(invocation: Invocation, enclosure: Enclosure, view: string[]): string[] {
  const { processes, fileBytes } = { ...defaultBounds(), ...enclosure.bounds };
  const variables = Object.entries(enclosure.environment).map(
    ([name, value]) => `${name}=${value}`,
  );
  return [
    ...["/bin/sh", "-c", isolationScript, "archwright", ...view],
    ...pairs("hide", enclosure.hidden),
    ...pairs("read", enclosure.readable),
    ...pairs("write", [enclosure.directory, ...enclosure.writable]),
    ...["temporary", enclosure.temporary, "network", enclosure.network],
    ...["directory", enclosure.directory],
    ...["files", String(fileBytes), "processes", String(processes)],
    ...pairs("variable", variables),
    ...["run", invocation.program, ...invocation.arguments],
  ];
}
