import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { execa } from "execa";
import { bareEnvironment, type Called, type Scene } from "./scene.ts";

/** A call of the command line that is still going on: what it says can be waited for, and it can be interrupted. */
export type Live = {
  /** Waits until this has been said on standard output or error; throws when the process ends without it. */
  until: (pattern: RegExp) => Promise<void>;
  /** As Ctrl-C in a terminal: to the whole process group. */
  interrupt: () => void;
  /** As `kill -9` of this process alone. */
  kill: () => void;
  ended: Promise<Called>;
  pid: number;
};

export const cli = join(import.meta.dirname, "../../src/cli.ts");

/** Starts `archwright` in the scene's repository and comes back at once. */
export function startArchwright(
  scene: Scene,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Live {
  const options = ["--disable-warning=ExperimentalWarning", cli, ...parameters];
  const child = spawn(process.execPath, options, {
    cwd: scene.repository,
    env: { ...bareEnvironment(join(scene.folder, "home")), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, as a shell gives it: Ctrl-C reaches all of it, the git processes too.
    detached: true,
  });
  const said = { stdout: "", stderr: "" };
  let code: number | null = null;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.stderr += text;
  });
  const ended = new Promise<Called>((resolve) => {
    child.on("close", (exitCode) => {
      code = exitCode ?? -1;
      resolve({ code, ...said });
    });
  });
  return {
    ended,
    pid: child.pid ?? 0,
    interrupt: () => void process.kill(-(child.pid ?? 0), "SIGINT"),
    kill: () => void child.kill("SIGKILL"),
    until: (pattern) =>
      waitUntil(() => {
        if (pattern.test(said.stdout) || pattern.test(said.stderr)) return true;
        if (code === null) return false;
        throw new Error(`ended (${code}) without ${pattern}\n${said.stdout}\n${said.stderr}`);
      }),
  };
}

/** Asks again and again; what it waits for is an event of another process, never a time. */
export async function waitUntil(isSo: () => boolean, seconds = 60): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain`);
    await wait(20);
  }
}

/** Options of every call in a scene; `models` are those of single roles. */
export const optionsOf = (scene: Scene, models: readonly string[] = []): string[] => [
  ...["--config", join(scene.folder, "archwright.yml"), "--isolation", "none"],
  ...["--model", "scripted:test", ...models.flatMap((model) => ["--model", model])],
];

/** Changes the configuration that the scene's calls use. */
export function editConfig(scene: Scene, change: (text: string) => string): void {
  const path = join(scene.folder, "archwright.yml");
  writeFileSync(path, change(readFileSync(path, "utf8")));
}

/** Adds a provider of OpenAI's kind at this address. */
export const addServer = (scene: Scene, name: string, url: string): void =>
  editConfig(scene, (text) =>
    text.replace(
      "providers:\n",
      `providers:\n  ${name}:\n    kind: compatible\n    baseUrl: ${url}/v1\n`,
    ),
  );

/** From the worktree of a command, which lies at `<repository>/.git/archwright/worktrees/<id>/tree`, to the scene. */
const outside = "../../../../../..";

/** Commands of a few milliseconds, decided by what was built. The first one does before what a trap says, if one is set. */
const quickCommands = `commands:
  compile: "if [ -e ${outside}/trap.sh ]; then . ${outside}/trap.sh; fi; test -f src/cli.ts"
  unit: test -f src/formats.ts
  all: test -f src/invoice.ts
  csv-format: grep -q formatCsv src/formats.ts
  csv-safety: grep -q formulaStart src/format-csv.ts
`;

/** For `prepare`: the sample with commands that cost nothing and that a trap can change. */
export const withQuickCommands = (repository: string): void =>
  writeFileSync(join(repository, ".github/archwright.yml"), quickCommands);

/** What the command `compile` does in this scene before its own work, from now on. */
export const setTrap = (scene: Scene, script: string): void =>
  writeFileSync(join(scene.folder, "trap.sh"), script);

export const clearTrap = (scene: Scene): void =>
  rmSync(join(scene.folder, "trap.sh"), { force: true });

/** From now on the command `compile` waits until the trap is cleared, after it has passed this often. */
export function holdCommands(
  scene: Scene,
  passes = 0,
  first = ":",
): { reached: () => Promise<void> } {
  const at = join(scene.folder, "held");
  rmSync(at, { force: true });
  rmSync(join(scene.folder, "passed"), { force: true });
  const hold = `echo > ${outside}/held; while [ -e ${outside}/trap.sh ]; do sleep 0.05; done`;
  const count = `n=$(cat ${outside}/passed 2>/dev/null || echo 0); echo $((n + 1)) > ${outside}/passed`;
  setTrap(scene, `${first}\n${count}\nif [ "$n" -ge ${passes} ]; then ${hold}; fi\n`);
  return { reached: () => waitUntil(() => existsSync(at)) };
}

/** What of a repository is the user's: none of it may change, whatever we do. */
export type Belongings = Record<"head" | "index" | "config" | "status" | "refs", string>;

export async function listBelongings(repository: string): Promise<Belongings> {
  const git = async (...parameters: string[]): Promise<string> =>
    (
      await execa("git", ["--no-optional-locks", ...parameters], {
        cwd: repository,
        encoding: "latin1",
      })
    ).stdout;
  const gitDir = (await git("rev-parse", "--path-format=absolute", "--git-dir")).trim();
  const common = (await git("rev-parse", "--path-format=absolute", "--git-common-dir")).trim();
  const read = (path: string): string => (existsSync(path) ? readFileSync(path, "latin1") : "none");
  const refs = (await git("for-each-ref", "--format=%(refname) %(objectname)")).split("\n");
  return {
    head: read(join(gitDir, "HEAD")),
    index: read(join(gitDir, "index")),
    config: read(join(common, "config")),
    status: await git("status", "--porcelain=v2", "--ignored", "--untracked-files=all", "-z"),
    refs: refs.filter((line) => !/^refs\/(heads\/)?archwright\//.test(line)).join("\n"),
  };
}

/** Refs of ours: the audit trail, kept work, branches. */
export async function listOurRefs(repository: string): Promise<string[]> {
  const format = "--format=%(refname)";
  const names = ["refs/archwright/", "refs/heads/archwright/"];
  const { stdout } = await execa("git", ["for-each-ref", format, ...names], { cwd: repository });
  return stdout.split("\n").filter(Boolean);
}
