import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { estimateTokenCount } from "tokenx";
import type { Codebase } from "../../src/codebase/codebase.ts";
import { loadCodebase } from "../../src/codebase/load-codebase.ts";
import { rankForRequest } from "../../src/codebase/rank/rank-for-request.ts";
import type { RankedFile } from "../../src/codebase/ranked-file.ts";
import { selectRegions } from "../../src/codebase/regions/select-regions.ts";
import { openWorkspace } from "../../src/workspace/git/open-workspace.ts";
import type { Workspace } from "../../src/workspace/port.ts";

type Task = {
  id: string;
  repo: string;
  base_sha: string;
  fix_sha: string;
  query: string;
  gold_source: string[];
};
type Lines = Map<string, Set<number>>;

const TOP = 60;
const budgets = [8_000, 27_000];

/** Lines of the base that the real commit changed; an insertion counts the line that it follows. */
function changedLines(repository: string, task: Task): Lines {
  const range = [task.base_sha, task.fix_sha, "--", ...task.gold_source];
  const diff = spawnSync("git", ["-C", repository, "diff", "-U0", "--no-renames", ...range], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const changed: Lines = new Map();
  let path = "";
  for (const line of diff.stdout.split("\n")) {
    if (line.startsWith("--- a/")) path = line.slice("--- a/".length);
    const [, start, count] = /^@@ -(\d+)(?:,(\d+))? /.exec(line) ?? [];
    if (start === undefined) continue;
    const lines = changed.get(path) ?? new Set();
    const length = Math.max(1, Number(count ?? 1));
    for (let at = 0; at < length; at++) lines.add(Math.max(1, Number(start) + at));
    changed.set(path, lines);
  }
  return changed;
}

function share(changed: Lines, covers: (path: string, line: number) => boolean): number {
  let all = 0;
  let covered = 0;
  for (const [path, lines] of changed)
    for (const line of lines) {
      all++;
      if (covers(path, line)) covered++;
    }
  return all === 0 ? 0 : covered / all;
}

/** Whole files in the order of the ranking; one that no longer fits is passed over. */
async function readWhole(
  codebase: Codebase,
  ranked: readonly RankedFile[],
  budget: number,
): Promise<Set<string>> {
  const read = new Set<string>();
  let left = budget;
  for (const { path } of ranked) {
    const text = await codebase.text(path);
    const tokens = text === null ? Number.POSITIVE_INFINITY : estimateTokenCount(text);
    if (tokens > left) continue;
    left -= tokens;
    read.add(path);
  }
  return read;
}

async function measure(workspace: Workspace, repository: string, task: Task): Promise<number[]> {
  const codebase = await loadCodebase(workspace.snapshot(task.base_sha));
  const ranked = rankForRequest(codebase, task.query, { top: TOP });
  const changed = changedLines(repository, task);
  const shares: number[] = [];
  for (const budget of budgets) {
    const regions = await selectRegions(codebase, task.query, ranked, budget);
    const whole = await readWhole(codebase, ranked, budget);
    const inRegions = (path: string, line: number): boolean =>
      regions.some((one) => one.path === path && one.startLine <= line && line <= one.endLine);
    shares.push(
      share(changed, inRegions),
      share(changed, (path) => whole.has(path)),
      regions.reduce((sum, { text }) => sum + estimateTokenCount(text), 0),
    );
  }
  return shares;
}

/** Share of the lines that real commits changed which a reader with a budget would have seen: stretches against whole files, same ranking. */
export async function measureRegions(tasksFile: string, mirror: string): Promise<void> {
  const tasks: Task[] = JSON.parse(readFileSync(tasksFile, "utf8"));
  const storage = mkdtempSync(join(tmpdir(), "archwright-regions-"));
  const rows: number[][] = [];
  try {
    for (const task of tasks) {
      const repository = join(mirror, task.repo.replace("/", "+"), "repo");
      const opened = await openWorkspace({
        repository,
        storage: join(storage, task.repo.replace("/", "+")),
        isolation: "never",
        protectedPaths: [],
        environment: { ...process.env, PATH: process.env.PATH ?? "" },
      });
      if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
      rows.push(await measure(opened.value, repository, task));
    }
  } finally {
    rmSync(storage, { recursive: true, force: true });
  }
  const mean = (column: number): number =>
    rows.reduce((total, row) => total + (row[column] ?? 0), 0) / rows.length;
  const percent = (column: number): string => `${(100 * mean(column)).toFixed(1)} %`;
  process.stdout.write(
    "| budget | stretches | whole files | tokens of the stretches |\n|---|---|---|---|\n",
  );
  for (const [index, budget] of budgets.entries()) {
    const [first, second, third] = [3 * index, 3 * index + 1, 3 * index + 2];
    const row = [`${budget} tokens`, percent(first), percent(second), Math.round(mean(third))];
    process.stdout.write(`| ${row.join(" | ")} |\n`);
  }
}
