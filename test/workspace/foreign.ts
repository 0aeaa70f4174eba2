import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultProtectedPaths } from "../../src/workspace/check-path.ts";
import { type BundleArrival, receiveBundle } from "../../src/workspace/git/receive-bundle.ts";
import { writeBundle } from "../../src/workspace/git/write-bundle.ts";
import { createSample, demand, environment, type Sample } from "./repository.ts";

/** An entry of a tree as it is written into git, allowed or not. */
export type Entry = { mode?: string; object?: string; content?: string | Buffer };

/** Where a stranger works: a repository, a clone of it that trusts nobody, and the way between them. */
export type Foreign = {
  sample: Sample;
  base: string;
  /** The clone, as a Sample's git. */
  clone: (...words: string[]) => string;
  cloneFolder: string;
  /** A commit with any tree: entries are laid over the parent's; null takes away. */
  commit: (
    parent: string | null,
    entries: Record<string, Entry | null>,
    how?: CommitOptions,
  ) => string;
  bundle: (heads: readonly string[]) => Promise<string>;
  receive: (
    file: string,
    heads: readonly string[],
    more?: Partial<BundleArrival>,
  ) => ReturnType<typeof receiveBundle>;
  /** Git in the stranger's repository with something to read. */
  feed: (input: string | Buffer, ...words: string[]) => string;
  /** Objects that the clone has. */
  objects: () => string[];
  close: () => void;
};
export type CommitOptions = { message?: string | Buffer; parents?: readonly string[] };

export const start = {
  "a.txt": "a\n",
  "src/one.js": "export const one = 1;\n",
  ".github/workflows/ci.yml": "on: push\n",
};

export function openForeign(): Foreign {
  const sample = createSample(start);
  const base = sample.git("rev-parse", "HEAD").trim();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "archwright-clone-")));
  const cloneFolder = join(folder, "clone");
  sample.git("clone", "--quiet", "--no-hardlinks", ".", cloneFolder);
  const clone = (...words: string[]) => sample.git("-C", cloneFolder, ...words);
  const place = { storage: join(folder, "storage"), environment };
  let count = 0;
  return {
    sample,
    base,
    clone,
    cloneFolder,
    commit: (parent, entries, how) => makeCommit(sample, parent, entries, how),
    bundle: async (heads) => {
      count += 1;
      const file = join(folder, `${count}.bundle`);
      const refs = Object.fromEntries(
        heads.map((head, at) => [`refs/archwright/work/7/${at}`, head]),
      );
      demand(
        await writeBundle({ ...place, repository: sample.directory, file, refs, exclude: [base] }),
      );
      return file;
    },
    receive: (file, heads, more = {}) =>
      receiveBundle({
        ...place,
        repository: cloneFolder,
        file,
        heads,
        known: [base],
        policy: { protectedPaths: defaultProtectedPaths, allow: [] },
        identity: { name: "Archwright", email: "archwright@example.org" },
        when: "2026-11-21T12:00:00Z",
        ...more,
      }),
    feed: (input, ...words) => feed(sample, input, ...words),
    objects: () =>
      clone("cat-file", "--batch-all-objects", "--batch-check=%(objectname)").split("\n").sort(),
    close: () => {
      sample.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Git with something to read. */
const feed = (sample: Sample, input: string | Buffer, ...words: string[]): string => {
  const author = ["-c", "user.name=Mallory", "-c", "user.email=mallory@example.org"];
  const options = { cwd: sample.directory, env: environment, input, encoding: "utf8" as const };
  return execFileSync("git", [...author, ...words], { ...options, stdio: "pipe" }).trim();
};

type File = { mode: string; object: string };

/** Writes objects by git's plumbing, which checks little, as a hostile harness could. */
function makeCommit(
  sample: Sample,
  parent: string | null,
  entries: Record<string, Entry | null>,
  { message = "Change", parents = parent === null ? [] : [parent] }: CommitOptions = {},
): string {
  const files = new Map<string, File>();
  const listed = parent === null ? "" : sample.git("ls-tree", "-r", "-z", parent);
  for (const line of listed.split("\0").filter(Boolean)) {
    const [mode = "", , object = ""] = line.slice(0, line.indexOf("\t")).split(" ");
    files.set(line.slice(line.indexOf("\t") + 1), { mode, object });
  }
  for (const [path, entry] of Object.entries(entries)) {
    if (entry === null) files.delete(path);
    else {
      const object =
        entry.object ?? feed(sample, entry.content ?? "", "hash-object", "-w", "--stdin");
      files.set(path, { mode: entry.mode ?? "100644", object });
    }
  }
  const tree = writeTree(sample, files);
  return feed(sample, message, "commit-tree", tree, ...parents.flatMap((each) => ["-p", each]));
}

function writeTree(sample: Sample, files: ReadonlyMap<string, File>): string {
  const folders = new Map<string, Map<string, File>>();
  const lines: string[] = [];
  for (const [path, file] of files) {
    const slash = path.indexOf("/");
    if (slash === -1) {
      const kind = file.mode === "160000" ? "commit" : "blob";
      lines.push(`${file.mode} ${kind} ${file.object}\t${path}\0`);
      continue;
    }
    const folder = path.slice(0, slash);
    folders.set(folder, (folders.get(folder) ?? new Map()).set(path.slice(slash + 1), file));
  }
  for (const [name, inside] of folders) {
    lines.push(`040000 tree ${writeTree(sample, inside)}\t${name}\0`);
  }
  return feed(sample, lines.join(""), "mktree", "-z", "--missing");
}
