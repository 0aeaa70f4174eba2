import { Stop } from "../../shared/stop.ts";
import type { History, PastCommit } from "../port.ts";
import { nameOfBytes } from "./path-name.ts";
import type { Store } from "./prepare-store.ts";
import type { GitCall } from "./run-git.ts";

const OUTPUT_BYTES = 256 * 1024 * 1024;
const SECONDS = 120;
const LONGEST_SUBJECT = 500;
const LINE_BREAK = 10;

const newest = (most: number): string[] => ["--no-merges", "-n", String(most)];
// A status stands before every path, so that a path is never taken for the head of a commit, whatever its name is.
const withPaths = ["--no-renames", "--name-status", "--root"];

/** What changed together up to `commit`, newest first: no merges, no renames followed, and not where a shallow clone was cut off. */
export async function readHistory(store: Store, commit: string, most: number): Promise<History> {
  const commits = await readLog(store, [...newest(most), ...withPaths, commit, "--"]);
  const cut = await findCut(store);
  return { commits: commits.filter(({ id }) => !cut.has(id)), shallow: cut.size > 0 };
}

/** Commits up to `commit` in the same order, without their paths: a small part of the work. */
export const listHistory = (store: Store, commit: string, most: number): Promise<PastCommit[]> =>
  readLog(store, [...newest(most), commit, "--"]);

/** These commits with their paths. */
export const readCommits = (store: Store, ids: readonly string[]): Promise<PastCommit[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : readLog(store, ["--no-walk=unsorted", "--stdin", ...withPaths], { input: ids.join("\n") });

export const isShallow = ({ repository }: Store): boolean =>
  repository.shallow !== null && repository.shallow.trim() !== "";

/**
 * Commits whose parents a shallow clone leaves out: they seem to have made every file, and tell nothing. Git lists first commits among
 * them, which really have no parents; what the objects themselves say counts.
 */
async function findCut(store: Store): Promise<ReadonlySet<string>> {
  const listed = (store.repository.shallow ?? "").split("\n").filter((line) => line !== "");
  const cut = new Set(listed);
  if (listed.length === 0) return cut;
  const input = `${listed.join("\n")}\n`;
  const answer = await store.git(["cat-file", "--batch=%(objectsize)"], { input });
  if (!answer.ok) throw new Stop(answer.failure);
  const { output } = answer.value;
  let start = 0;
  for (const id of listed) {
    const end = output.indexOf(LINE_BREAK, start);
    const size = Number(output.toString("latin1", start, end));
    start = end + 1;
    // "<id> missing" is no number, and has nothing behind it.
    if (Number.isNaN(size)) continue;
    const [head = ""] = output.toString("latin1", start, start + size).split("\n\n", 1);
    if (!/^parent /m.test(head)) cut.delete(id);
    start += size + 1;
  }
  return cut;
}

async function readLog(
  store: Store,
  choice: readonly string[],
  call: Partial<GitCall> = {},
): Promise<PastCommit[]> {
  const format = ["-z", "--format=tformat:%H%x00%ct%x00%s", "--encoding=UTF-8", "--no-notes"];
  const answer = await store.git(["log", ...format, ...choice], {
    ...call,
    limit: OUTPUT_BYTES,
    seconds: SECONDS,
  });
  if (!answer.ok) throw new Stop(answer.failure);
  const commits = parseLog(answer.value.output);
  // What a limit cut off may have cut the last commit in two.
  if (answer.value.cut) commits.pop();
  return commits;
}

/** `<id>\0<time>\0<subject>\0`, then for each path `<status>\0<path>\0`, the first status after a line break. */
function parseLog(output: Buffer): PastCommit[] {
  // A character a byte: most of what is looked at is looked up, and need not be cut out of the bytes.
  const text = output.toString("latin1");
  const commits: (PastCommit & { paths: string[] })[] = [];
  const known = new Map<string, string>();
  let start = 0;
  let end = 0;
  const next = (): void => {
    const found = text.indexOf("\0", start);
    end = found === -1 ? text.length : found;
  };
  while (start < text.length) {
    if (text.charCodeAt(start) === LINE_BREAK) start += 1;
    next();
    const field = { start, end };
    start = end + 1;
    if (field.end === field.start) continue;
    if (isStatus(text, field)) {
      next();
      commits.at(-1)?.paths.push(nameOnce({ text, output, start, end }, known));
    } else {
      const id = output.toString("latin1", field.start, field.end);
      next();
      const at = Number(text.slice(start, end));
      start = end + 1;
      next();
      const subject = output.toString("utf8", start, end).slice(0, LONGEST_SUBJECT);
      commits.push({ id, at, subject, paths: [] });
    }
    start = end + 1;
  }
  return commits;
}

const isStatus = (text: string, { start, end }: { start: number; end: number }): boolean =>
  end - start === 1 && text.charCodeAt(start) >= 65 && text.charCodeAt(start) <= 90;

type Field = { text: string; output: Buffer; start: number; end: number };

/** The same path comes in many commits: it is decoded, and kept, once. */
function nameOnce({ text, output, start, end }: Field, known: Map<string, string>): string {
  const raw = text.slice(start, end);
  let name = known.get(raw);
  if (name === undefined) {
    name = nameOfBytes(output.subarray(start, end));
    known.set(raw, name);
  }
  return name;
}
