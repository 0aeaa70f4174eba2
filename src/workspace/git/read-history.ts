import { Stop } from "../../shared/stop.ts";
import type { History, PastCommit } from "../port.ts";
import { nameOfBytes } from "./path-name.ts";
import type { Store } from "./prepare-store.ts";

const OUTPUT_BYTES = 256 * 1024 * 1024;
const SECONDS = 120;
const COMMIT = 0x1e;

/** What changed together up to `commit`, newest first: no merges, no renames followed. */
export async function readHistory(store: Store, commit: string, most: number): Promise<History> {
  const format = "--format=tformat:%x1e%H %ct %s";
  const flags = ["--no-merges", "--no-renames", "--name-only", "-z", "-n", String(most), format];
  const answer = await store.git(["log", ...flags, commit, "--"], {
    limit: OUTPUT_BYTES,
    seconds: SECONDS,
  });
  if (!answer.ok) throw new Stop(answer.failure);
  const commits = parseLog(answer.value.output);
  // What a limit cut off may have cut the last commit in two.
  if (answer.value.cut) commits.pop();
  return { commits, shallow: store.repository.shallow !== null };
}

/** `\x1e<id> <time> <subject>\0\n<path>\0<path>\0`, again and again. */
function parseLog(output: Buffer): PastCommit[] {
  const commits: PastCommit[] = [];
  let start = output.indexOf(COMMIT);
  while (start !== -1) {
    const end = output.indexOf(COMMIT, start + 1);
    commits.push(parseCommit(output.subarray(start + 1, end === -1 ? output.length : end)));
    start = end;
  }
  return commits;
}

function parseCommit(record: Buffer): PastCommit {
  const headEnd = record.indexOf(0);
  const head = record.toString("utf8", 0, headEnd === -1 ? record.length : headEnd);
  const [, id = "", at = "0", subject = ""] = /^(\S+) (\d+) ?(.*)$/s.exec(head) ?? [];
  const paths: string[] = [];
  let from = headEnd + 1;
  while (headEnd !== -1 && from < record.length) {
    const to = record.indexOf(0, from);
    const name = record.subarray(from, to === -1 ? record.length : to);
    const path = nameOfBytes(name[0] === 10 ? name.subarray(1) : name);
    if (path !== "") paths.push(path);
    if (to === -1) break;
    from = to + 1;
  }
  return { id, at: Number(at), subject: subject.slice(0, 500), paths };
}
