import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeSource } from "./write-source.ts";

export type Making = { directory: string; files: number; commits: number };

const PER_FOLDER = 24;

const kinds = ["ts", "ts", "ts", "test.ts", "py", "py", "go", "java", "md", "json"] as const;

/** Path of the n-th file: packages of some hundred files, folders of two dozen. */
function pathOf(n: number): string {
  const kind = kinds[n % kinds.length] ?? "ts";
  const folder = Math.floor(n / PER_FOLDER);
  const place = `packages/p${Math.floor(folder / 16)}/${kind === "test.ts" ? "test" : "src"}/part-${folder}`;
  return kind === "java" ? `${place}/Unit${n}.java` : `${place}/unit-${n}.${kind}`;
}

/**
 * Makes a repository of so many files, the same each time: sources in four languages, tests, documents and data, in sizes as real ones have
 * them (most small, a few large, about 6 KB on average), and a past in which files of one folder change together.
 */
export async function makeRepository({ directory, files, commits }: Making): Promise<void> {
  const git = async (parameters: readonly string[], feed?: (write: Write) => Promise<void>) => {
    const child = spawn("git", parameters, {
      cwd: directory,
      stdio: ["pipe", "ignore", "inherit"],
    });
    const closed = once(child, "close");
    const write: Write = async (text) => {
      if (!child.stdin.write(text)) await once(child.stdin, "drain");
    };
    await feed?.(write);
    child.stdin.end();
    const [code] = (await closed) as [number];
    if (code !== 0) throw new Error(`git ${parameters[0]} ended with ${code}`);
  };
  await git(["init", "--quiet", "-b", "main"]);
  await git(["fast-import", "--quiet"], async (write) => {
    await write(commitHead(1, "Begin"));
    for (let n = 0; n < files; n++) await write(fileChange(n, 0));
    for (let turn = 2; turn <= commits; turn++) {
      await write(commitHead(turn, `Change part ${(turn * 7) % files}`));
      const first = (turn * 7919) % files;
      for (let n = first; n < Math.min(first + 1 + (turn % 4), files); n++)
        await write(fileChange(n, turn));
    }
  });
}

type Write = (text: string) => Promise<void>;

const sized = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;

const commitHead = (turn: number, subject: string): string =>
  `commit refs/heads/main\ncommitter Bench <bench@localhost> ${1_700_000_000 + turn * 600} +0000\n${sized(subject)}`;

const fileChange = (n: number, turn: number): string =>
  `M 100644 inline ${pathOf(n)}\n${sized(writeSource(pathOf(n), n, turn))}`;
