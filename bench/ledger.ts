import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { openGitLedger } from "../src/ledger/git/open-git-ledger.ts";
import type { JsonObject, LedgerStore } from "../src/ledger/port.ts";
import type { Result } from "../src/shared/result.ts";

type Git = (...args: string[]) => Promise<string>;

const environment = {
  PATH: process.env.PATH ?? "",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
};
const person = "Bench <bench@localhost>";

/**
 * Appends a second, and load time in milliseconds at 10, 100 and 1,000 events. `ratio` is against plain git doing
 * the least possible in the same run: an empty `commit-tree` and `update-ref`; `cat-file` of the same blob.
 * Medians, so that a busy machine shows less.
 */
export async function benchLedger(): Promise<object> {
  const directory = await mkdtemp(join(tmpdir(), "archwright-bench-ledger-"));
  const git: Git = async (...args) => {
    const author = { GIT_AUTHOR_NAME: "Bench", GIT_AUTHOR_EMAIL: "bench@localhost" };
    const committer = { GIT_COMMITTER_NAME: "Bench", GIT_COMMITTER_EMAIL: "bench@localhost" };
    const env = { ...environment, ...author, ...committer };
    return (await execa("git", args, { cwd: directory, env, extendEnv: false, stdin: "ignore" }))
      .stdout;
  };
  try {
    await git("init", "-q", "--bare");
    const store = openGitLedger({ directory, environment });
    const appends = await benchAppends(store, git);
    const loads: Record<string, object> = {};
    for (const count of [10, 100, 1_000]) loads[count] = await benchLoads(store, git, count);
    return { appends, loads };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function benchAppends(store: LedgerStore, git: Git): Promise<object> {
  let head: string | null = null;
  const append = await measure(40, async (n) => {
    const documents = { "design.md": `# Plan ${n}\n` };
    head = await appendTo(store, 1, head, [sample(n)], documents);
  });
  const tree = await git("mktree");
  let last = "";
  const plain = await measure(40, async () => {
    const parents = last === "" ? [] : ["-p", last];
    const commit = await git("commit-tree", tree, ...parents, "-m", "empty");
    await git("update-ref", "refs/bench/plain", commit, last === "" ? "0".repeat(40) : last);
    last = commit;
  });
  return {
    perSecond: round(1_000 / append),
    milliseconds: round(append),
    ...against(append, plain),
  };
}

async function benchLoads(store: LedgerStore, git: Git, count: number): Promise<object> {
  const issue = 1_000 + count;
  const events = Array.from({ length: count }, (_, n) => sample(n));
  const head = await appendTo(store, issue, null, events, {
    "design.md": "# Plan\n".repeat(200),
    "BUILD_01.md": "- step\n".repeat(500),
  });
  const load = await measure(20, async () => {
    const loaded = unwrap(await store.load(issue, { contains: head }));
    if (loaded.records.length !== count) throw new Error("events were lost");
  });
  const plain = await measure(20, async () => {
    await git("cat-file", "blob", `${head}:events.jsonl`);
  });
  return { milliseconds: round(load), ...against(load, plain) };
}

/** About as long as a real event. */
const sample = (n: number): JsonObject => ({
  v: 1,
  type: "CheckpointRecorded",
  at: "2026-01-01T00:00:00.000Z",
  source: `run:${n}`,
  spec: "BUILD_01",
  attempt: 1,
  checkpoint: { name: "unit", command: "npm test", passed: true, seconds: n / 7 },
  by: { id: "1", login: person, role: "write", kind: "person" },
});

async function appendTo(
  store: LedgerStore,
  issue: number,
  parent: string | null,
  events: JsonObject[],
  documents: Record<string, string>,
): Promise<string> {
  const appended = unwrap(await store.append({ issue, parent, events, documents }));
  if (appended.kind !== "appended") throw new Error("a conflict without a rival");
  return appended.head;
}

async function measure(times: number, work: (n: number) => Promise<void>): Promise<number> {
  const taken: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const start = performance.now();
    await work(n);
    taken.push(performance.now() - start);
  }
  return taken.sort((left, right) => left - right)[Math.floor(times / 2)] ?? 0;
}

const round = (value: number): number => Math.round(value * 100) / 100;

const against = (own: number, plain: number): { plainGit: number; ratio: number } => ({
  plainGit: round(plain),
  ratio: round(own / plain),
});

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}
