import { fail, type Result, succeed } from "../../shared/result.ts";
import { type Change, parseRawChanges } from "./check-change.ts";
import type { Store } from "./prepare-store.ts";

/** A commit that somebody else made, with all that it changes of its only parent. */
export type ForeignCommit = {
  id: string;
  parent: string;
  tree: string;
  message: string;
  changes: readonly Change[];
};

type Limits = { commits: number; changes: number };

const refuse = (detail: string) =>
  fail({ reason: "hand-over-refused" as const, detail, path: null });

/**
 * The commits between what is known and each head, parents first. Refused (`hand-over-refused`): a head that is not there, a merge, a
 * history that does not begin at what is known, more commits or changes than the limits, text that is not UTF-8.
 */
export async function listForeignCommits(
  store: Store,
  heads: readonly string[],
  known: readonly string[],
  limits: Limits,
): Promise<Result<ForeignCommit[]>> {
  for (const head of heads) {
    if (!(await isCommit(store, head)))
      return refuse(`the commit ${head.slice(0, 12)} is not in the bundle`);
  }
  if (heads.length === 0) return succeed([]);
  const trusted: string[] = [];
  for (const commit of new Set(known)) {
    if (await isCommit(store, commit)) trusted.push(commit);
  }
  const boundary = trusted.map((commit) => `^${commit}`);
  const flags = ["rev-list", "--topo-order", "--reverse", "--parents"];
  const count = `--max-count=${limits.commits + 1}`;
  const answer = await store.git([...flags, count, ...heads, ...boundary, "--"]);
  if (!answer.ok) return answer;
  const lines = answer.value.output.toString("latin1").split("\n").filter(Boolean);
  if (lines.length > limits.commits)
    return refuse(`the bundle has more than ${limits.commits} commits`);
  const commits: ForeignCommit[] = [];
  for (const line of lines) {
    const [id = "", parent, ...others] = line.split(" ");
    const name = id.slice(0, 12);
    if (others.length > 0) return refuse(`commit ${name} is a merge`);
    if (parent === undefined) return refuse(`commit ${name} does not build on what is known`);
    const read = await readCommit(store, id, parent, limits);
    if (!read.ok) return read;
    commits.push(read.value);
  }
  return succeed(commits);
}

async function isCommit(store: Store, id: string): Promise<boolean> {
  const there = await store.git(["cat-file", "-t", id], { accept: [1, 128] });
  return there.ok && there.value.output.toString("latin1").trim() === "commit";
}

const LONGEST_COMMIT = 100_000;
const BYTES_OF_A_CHANGE = 1_300;

async function readCommit(
  store: Store,
  id: string,
  parent: string,
  limits: Limits,
): Promise<Result<ForeignCommit>> {
  const raw = await store.git(["cat-file", "commit", id], { limit: LONGEST_COMMIT });
  if (!raw.ok) return raw;
  if (raw.value.cut) return refuse(`commit ${id.slice(0, 12)} has a message that is too long`);
  const text = decode(raw.value.output);
  if (text === null || /^encoding /m.test(text.slice(0, text.indexOf("\n\n"))))
    return refuse(`commit ${id.slice(0, 12)} is not written in UTF-8`);
  const flags = ["diff-tree", "-r", "--raw", "-z", "--no-renames", "--no-abbrev"];
  const limit = limits.changes * BYTES_OF_A_CHANGE;
  const answer = await store.git([...flags, parent, id, "--"], { limit });
  if (!answer.ok) return answer;
  const changes = parseRawChanges(answer.value.output);
  if (answer.value.cut || changes.length > limits.changes)
    return refuse(`commit ${id.slice(0, 12)} changes more than ${limits.changes} paths`);
  const tree = /^tree ([0-9a-f]+)$/m.exec(text)?.[1] ?? "";
  const message = text.slice(text.indexOf("\n\n") + 2);
  return succeed({ id, parent, tree, message, changes });
}

function decode(bytes: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
