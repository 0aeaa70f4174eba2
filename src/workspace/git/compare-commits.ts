import { Stop } from "../../shared/stop.ts";
import type { ChangedFile } from "../port.ts";
import { nameOfBytes, splitAtNul } from "./path-name.ts";
import type { Store } from "./prepare-store.ts";

const plain = ["--no-ext-diff", "--no-textconv", "--no-color", "--find-renames"];
const END = ["--end-of-options"];

async function ask(store: Store, arguments_: readonly string[], limit?: number) {
  const answer = await store.git(arguments_, limit === undefined ? {} : { limit });
  if (!answer.ok) throw new Stop(answer.failure);
  return answer.value;
}

/** Files that differ between two commits, by path. Renames are recognised. */
export async function findChanged(
  store: Store,
  base: string,
  head: string,
): Promise<ChangedFile[]> {
  const flags = ["diff", ...plain, "--raw", "--numstat", "-z", ...END, base, head, "--"];
  const parts = splitAtNul((await ask(store, flags)).output);
  const files = new Map<string, ChangedFile>();
  for (let index = 0; index < parts.length; ) {
    const head_ = parts[index]?.toString("latin1") ?? "";
    if (head_.startsWith(":")) {
      const letter = /([A-Z])\d*$/.exec(head_)?.[1] ?? "M";
      const moved = letter === "R" || letter === "C";
      const path = nameOfBytes(parts[index + (moved ? 2 : 1)] ?? Buffer.alloc(0));
      const from = moved ? nameOfBytes(parts[index + 1] ?? Buffer.alloc(0)) : null;
      files.set(path, {
        path,
        from,
        status: statusOf(letter),
        added: 0,
        removed: 0,
        binary: false,
      });
      index += moved ? 3 : 2;
    } else {
      index += countLines(files, parts, index);
    }
  }
  return [...files.values()];
}

function statusOf(letter: string): ChangedFile["status"] {
  if (letter === "A" || letter === "C") return "added";
  if (letter === "D") return "deleted";
  return letter === "R" ? "renamed" : "modified";
}

/** Reads one record of `--numstat -z` and tells how many parts it took. */
function countLines(files: Map<string, ChangedFile>, parts: Buffer[], index: number): number {
  const [added = "", removed = ""] = (parts[index]?.toString("latin1") ?? "").split("\t");
  const inline = (parts[index] ?? Buffer.alloc(0)).subarray(added.length + removed.length + 2);
  const moved = inline.length === 0;
  const path = nameOfBytes(moved ? (parts[index + 2] ?? Buffer.alloc(0)) : inline);
  const file = files.get(path);
  if (file !== undefined) {
    file.binary = added === "-";
    file.added = Number(added) || 0;
    file.removed = Number(removed) || 0;
  }
  return moved ? 3 : 1;
}

/** Unified diff between two commits; a cut is said in its last line. */
export async function renderDiff(
  store: Store,
  base: string,
  head: string,
  options: { paths?: readonly string[]; limit?: number },
): Promise<string> {
  const flags = ["diff", ...plain, "--src-prefix=a/", "--dst-prefix=b/", ...END, base, head, "--"];
  const answer = await ask(store, [...flags, ...(options.paths ?? [])], options.limit);
  const text = answer.output.toString("utf8");
  if (!answer.cut) return text;
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  return `${whole}[diff cut at ${options.limit} bytes]\n`;
}

/** Commits that `head` has and `base` has not, oldest first. */
export async function listCommits(
  store: Store,
  base: string,
  head: string,
): Promise<{ sha: string; subject: string }[]> {
  const range = [...END, `${base}..${head}`, "--"];
  const flags = ["log", "--reverse", "--topo-order", "-z", "--format=%H %s", ...range];
  return splitAtNul((await ask(store, flags)).output).map((line) => {
    const text = line.toString("utf8");
    const space = text.indexOf(" ");
    return { sha: text.slice(0, space), subject: text.slice(space + 1) };
  });
}
