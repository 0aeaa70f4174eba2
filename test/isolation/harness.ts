/**
 * A process like the job that holds a model key: the key is in its environment, its memory, its files, its sockets. It opens a worktree
 * and runs the thief in it, the way checkpoints are run, and prints the outcome. Arguments: folder, route or `none`.
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import type { IsolationRoute } from "../../src/workspace/git/isolate-command.ts";
import { openWorkspace } from "../../src/workspace/git/open-workspace.ts";

const [folder = "", way = "", command = ""] = process.argv.slice(2);
const key = process.env.FAKE_KEY ?? "";
const inMemory = Buffer.from(`key=${key}`);
const place = (...names: string[]) => join(folder, ...names);

const environment = {
  PATH: process.env.PATH ?? "",
  HOME: place("home"),
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
};
const repository = place("runner", "work", "project");
const git = (...words: string[]) =>
  execFileSync("git", words, { cwd: repository, env: environment, encoding: "utf8" }).trim();

for (const name of [
  "home",
  "runner/work/project",
  "runner/_temp/_runner_file_commands",
  "elsewhere",
]) {
  mkdirSync(place(name), { recursive: true });
}
git("init", "--quiet", "-b", "main");
const named = {
  "settings of the repository": place("runner/work/project/.git/config"),
  "a file of the runner": place("runner/.credentials"),
  "a file command of the job": place("runner/_temp/_runner_file_commands/set_env_1"),
  "a key in the home": place("home/.netrc"),
  "a temporary file of another": place("elsewhere/token"),
};
const script = place("runner/work/script.sh");
git("config", "http.extraheader", `Authorization: ${key}`);
for (const [name, file] of Object.entries(named)) {
  if (name !== "settings of the repository") writeFileSync(file, key, { mode: 0o600 });
}
writeFileSync(script, "fine", { mode: 0o700 });
const shm = `/dev/shm/archwright-${process.pid}`;
writeFileSync(shm, key);
openSync(named["a file of the runner"], "r");

const answering = () => createServer((socket) => socket.end(inMemory));
const listen = (where: object) =>
  new Promise<ReturnType<typeof answering>>((done) => {
    const server = answering();
    server.listen(where, () => done(server));
  });
const tcp = await listen({ port: 0, host: "0.0.0.0" });
const socket = place("docker.sock");
const abstract = `archwright-${process.pid}`;
const others = [await listen({ path: socket }), await listen({ path: `\0${abstract}` })];
const address = Object.values(networkInterfaces())
  .flatMap((list) => list ?? [])
  .find(({ family, internal }) => family === "IPv4" && !internal)?.address;
const number = 0x10000000 + process.pid;
const segment = spawn("python3", ["-c", SEGMENT(), String(number), key], {
  stdio: ["pipe", "pipe", "ignore"],
});
segment.on("error", () => {});
await new Promise((done) => segment.stdout.once("data", done).once("close", done));

const thief = readFileSync(new URL("./thief.mjs", import.meta.url), "utf8");
const aim = {
  ...{ pid: process.pid, named, files: Object.values(named), folders: [folder] },
  ...{ port: (tcp.address() as { port: number }).port, address: address ?? "127.0.0.1" },
  ...{
    socket,
    abstract,
    shared: number,
    writable: [script, place("runner/work/project/.git/hooks/pre-commit")],
  },
};
writeFileSync(join(repository, "thief.mjs"), thief);
writeFileSync(join(repository, "aim.json"), JSON.stringify(aim));
git("add", "--all");
git("-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", "Test");

const opened = await openWorkspace({
  ...{ repository, storage: place("storage"), environment, protectedPaths: [] },
  isolation: way === "none" ? "none" : "namespaces",
  routes: way === "none" ? [] : (way.split(",") as IsolationRoute[]),
  hide: [folder],
});
if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
const worktree = await opened.value.open(git("rev-parse", "HEAD"));
if (worktree.ok) {
  const limits = { seconds: 120, outputBytes: 100_000 };
  const run = command || "node thief.mjs";
  const outcome = await worktree.value.run("unit", run, limits, new AbortController().signal);
  const committed = await worktree.value.commit("after");
  await worktree.value.close();
  console.log(JSON.stringify({ outcome, committed, script: readFileSync(script, "utf8") }));
} else console.log(JSON.stringify({ failure: worktree.failure }));
segment.stdin.end();
for (const server of [tcp, ...others]) server.close();
execFileSync("rm", ["-f", shm]);

function SEGMENT(): string {
  return [
    "import ctypes, sys",
    "libc = ctypes.CDLL(None)",
    "libc.shmat.restype = ctypes.c_void_p",
    "id = libc.shmget(int(sys.argv[1]), 4096, 0o1666)",
    "at = libc.shmat(id, None, 0)",
    "ctypes.memmove(at, sys.argv[2].encode(), len(sys.argv[2]))",
    "print('ready', flush=True)",
    "sys.stdin.read()",
    "libc.shmctl(id, 0, None)",
  ].join("\n");
}
