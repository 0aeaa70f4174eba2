import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { defaultProtectedPaths } from "../../src/workspace/check-path.ts";
import { openWorkspace, type WorkspaceOptions } from "../../src/workspace/git/open-workspace.ts";
import type { Workspace, Worktree } from "../../src/workspace/port.ts";

export const environment = {
  PATH: process.env.PATH ?? "/usr/bin:/bin",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
};

const identity = [
  "-c",
  "user.name=Ada",
  "-c",
  "user.email=ada@example.org",
  "-c",
  "protocol.file.allow=always",
];

/** A real repository in a temporary folder. */
export type Sample = {
  directory: string;
  storage: string;
  git: (...arguments_: string[]) => string;
  write: (path: string | Buffer, content: string | Buffer) => void;
  commit: (message?: string) => string;
  remove: () => void;
};

export function createSample(files: Record<string, string | Buffer> = {}): Sample {
  const base = realpathSync(mkdtempSync(join(tmpdir(), "archwright-sample-")));
  const directory = join(base, "user repo");
  mkdirSync(directory);
  const git = (...arguments_: string[]) =>
    execFileSync("git", [...identity, ...arguments_], {
      cwd: directory,
      env: { ...environment, HOME: base },
      stdio: ["ignore", "pipe", "pipe"],
    }).toString();
  const write = (path: string | Buffer, content: string | Buffer) => {
    if (typeof path === "string") mkdirSync(dirname(join(directory, path)), { recursive: true });
    const whole = Buffer.concat([Buffer.from(`${directory}/`), Buffer.from(path as string)]);
    writeFileSync(whole, content, { mode: path.toString().endsWith(".sh") ? 0o755 : 0o644 });
  };
  const commit = (message = "change") => {
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "-m", message);
    return git("rev-parse", "HEAD").trim();
  };
  git("init", "--quiet", "-b", "main");
  for (const [path, content] of Object.entries(files)) write(path, content);
  if (Object.keys(files).length > 0) commit("first");
  const remove = () => rmSync(base, { recursive: true, force: true });
  return { directory, storage: join(base, "storage"), git, write, commit, remove };
}

export async function openSample(
  sample: Sample,
  options: Partial<WorkspaceOptions> = {},
): Promise<Workspace> {
  const opened = await openWorkspace({
    repository: sample.directory,
    storage: sample.storage,
    isolation: "none",
    protectedPaths: defaultProtectedPaths,
    environment,
    ...options,
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  return opened.value;
}

export async function openTree(
  workspace: Workspace,
  revision = "HEAD",
  allow: string[] = [],
): Promise<Worktree> {
  const tree = await workspace.open(demand(await workspace.resolve(revision)), { allow });
  return demand(tree);
}

export function demand<T>(result: { ok: true; value: T } | { ok: false; failure: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

/** Hash of every file below a folder: names, kinds, modes, contents. `skip` names entries that do not count. */
export function fingerprint(directory: string, skip: readonly string[] = []): string {
  const hash = createHash("sha256");
  const walk = (folder: Buffer) => {
    const names = readdirSync(folder, { encoding: "buffer" }).sort(Buffer.compare);
    for (const name of names) {
      const path = Buffer.concat([folder, Buffer.from("/"), name]);
      if (skip.some((entry) => path.equals(Buffer.from(join(directory, entry))))) continue;
      const facts = lstatSync(path);
      hash.update(name).update(`\0${facts.mode}\0`);
      if (facts.isDirectory()) walk(path);
      else if (facts.isSymbolicLink()) hash.update(readlinkSync(path));
      else if (facts.isFile()) hash.update(readFileSync(path));
    }
  };
  walk(Buffer.from(directory));
  return hash.digest("hex");
}

export const never = (): AbortSignal => new AbortController().signal;
export const limits = { seconds: 30, outputBytes: 20_000 };
