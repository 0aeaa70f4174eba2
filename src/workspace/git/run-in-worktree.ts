import { existsSync, realpathSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { delimiter, dirname, isAbsolute, join, sep } from "node:path";
import type { CommandLimits, CommandOutcome } from "../port.ts";
import { commandEnvironment } from "./command-environment.ts";
import { type Bounds, type IsolationRoute, isolateCommand } from "./isolate-command.ts";
import { runCommand } from "./run-command.ts";

/** Where and how commands of one worktree run. */
export type CommandRoom = {
  root: string;
  /** Folder above the worktree, at which a search for a repository ends. */
  parent: string;
  scratch: string;
  path: string;
  /** How commands are isolated; `none`: they run as the user; `never`: they are not run. */
  isolation: IsolationRoute | "none" | "never";
  hidden: readonly string[];
  networkFor: readonly string[];
  bounds: Partial<Bounds>;
};

type Call = { name: string; command: string; limits: CommandLimits; signal: AbortSignal };

/** Runs a command in a worktree: its own environment, home and temporary folder, and namespaces when they are wanted. */
export async function runInWorktree(room: CommandRoom, call: Call): Promise<CommandOutcome> {
  if (room.isolation === "never") return notStarted(call, "commands are not run here");
  const home = join(room.scratch, "home");
  const temporary = await mkdtemp(join(room.scratch, "tmp-")).catch(() => null);
  if (temporary === null) return notStarted(call, "the temporary folder could not be made");
  const folders = { home, temporary, parent: room.parent };
  try {
    if (room.isolation === "none") {
      const environment = commandEnvironment(room.path, folders);
      return await runCommand({ ...call, directory: room.root, environment });
    }
    const environment = commandEnvironment(room.path, { ...folders, temporary: "/tmp" });
    const enclosure = {
      directory: room.root,
      writable: [home],
      readable: programFolders(room),
      hidden: room.hidden,
      temporary,
      network: room.networkFor.includes(call.name) ? ("host" as const) : ("none" as const),
      route: room.isolation,
      environment,
      bounds: room.bounds,
    };
    return await runCommand({
      ...call,
      directory: room.root,
      environment,
      isolate: (invocation) => isolateCommand(invocation, enclosure),
    });
  } finally {
    await rm(temporary, { recursive: true, force: true }).catch(() => {});
  }
}

const notStarted = ({ name, command }: Call, output: string): CommandOutcome => ({
  ...{ name, command, ended: "not-started", exitCode: null },
  ...{ seconds: 0, output, outputBytes: 0 },
});

/** Folders of programs that lie inside hidden ones, such as a Node in the user's home; with Node its own packages. */
function programFolders(room: CommandRoom): string[] {
  const node = dirname(realpathSync(process.execPath));
  const wanted = [
    ...room.path.split(delimiter).filter((folder) => isAbsolute(folder)),
    dirname(process.execPath),
    node,
    join(dirname(node), "lib", "node_modules"),
  ];
  const inside = (folder: string) => room.hidden.some((hidden) => folder.startsWith(hidden + sep));
  return [...new Set(wanted)].filter((folder) => inside(folder) && existsSync(folder));
}
