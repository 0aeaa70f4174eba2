import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

// `node bench/context/mine-tasks.ts --mirror DIR --out FILE owner/name…`: tasks in the form of the benchmark's own, from the past of other public
// repositories. The message of a commit is the request, the sources that it changed are sought. To be put beside `score.mjs` as
// `tasks-<split>.json`.

type Task = {
  id: string;
  repo: string;
  base_sha: string;
  date: string;
  query_title: string;
  query: string;
  gold_source: string[];
  gold_tests: string[];
};

const COMMITS = 4_000;
const MOST_FILES = 25;
const MOST_SOURCES = 7;
/** Tasks of a repository: commits that changed several sources tell more. */
const SEVERAL = 19;
const SINGLE = 5;

const code = /\.(js|mjs|cjs|jsx|ts|mts|cts|tsx|py|pyi|go|rs|java|kt|rb|c|h|cc|cpp|vue|svelte)$/;
const test =
  /(^|\/)(tests?|__tests__|specs?|testing|testdata|runtime[-_]tests|playground|(test-|__)?fixtures(__)?|__mocks__|__snapshots__|e2e)\/|(\.|_|-)(test|spec|tests)(-d)?\.[a-z]+$|(^|\/)(test_|conftest)[^/]*$|(Test|Tests|IT)\.java$|(^|\/)(tests\.rs|test\.(js|ts|py))$/i;
const kind = /^([\w-]+)(\([^)]*\))?!?:\s*/;
const dullKind = /^(docs?|chore|tests?|ci|build|style|release|deps|refactor|revert|bump)$/i;
const dull =
  /\b(bump|release|revert|typo|changelog|readme|dependabot|upgrade dep|lint|merge|format|copyright|update dependenc|rename)\b|^v?\d/i;
const signed =
  /^(co-authored-by|signed-off-by|reviewed-by|fixes|closes|resolves|refs?|see)\b|https?:/i;

/** What a commit says it does, without its kind and the numbers of issues; null where that is no request. */
function titleOf(subject: string): string | null {
  const [prefix = "", word = ""] = kind.exec(subject) ?? [];
  if (dullKind.test(word) || dull.test(subject)) return null;
  const title = subject
    .slice(prefix.length)
    .replace(/\s*\(?#\d+\)?/g, "")
    .trim();
  return title.length < 28 || title.split(/\s+/).length < 4 ? null : title;
}

function readCommit(repo: string, record: string): Task | null {
  const [head = "", names = ""] = record.split("\x1d");
  const [sha = "", parent = "", date = "", subject = "", body = ""] = head.split("\x1f");
  const title = titleOf(subject);
  if (parent === "" || title === null) return null;
  const changed = names
    .trim()
    .split("\n")
    .map((line) => line.split("\t"));
  const edited = changed.flatMap(([status, path = ""]) =>
    status === "M" && code.test(path) ? [path] : [],
  );
  const sources = edited.filter((path) => !test.test(path));
  if (changed.length > MOST_FILES || sources.length < 1 || sources.length > MOST_SOURCES)
    return null;
  const rest = body.split("\n").filter((line) => !signed.test(line.trim()));
  const text = rest.join("\n").replace(/#\d+/g, "").slice(0, 1_500).trim();
  return {
    id: `${repo.split("/")[1]}-${sha.slice(0, 8)}`,
    ...{ repo, base_sha: parent, date, query_title: title },
    query: text === "" ? title : `${title}\n\n${text}`,
    gold_source: sources,
    gold_tests: edited.filter((path) => test.test(path)),
  };
}

/** So many of a list, evenly spread. */
const spread = <Item>(items: readonly Item[], most: number): Item[] => {
  const step = Math.max(1, items.length / most);
  const picked = Array.from({ length: Math.min(most, items.length) }, (_, at) => at * step);
  return picked.flatMap((at) => items[Math.floor(at)] ?? []);
};

function mine(mirror: string, repo: string): Task[] {
  const format = "--format=%x1e%H%x1f%P%x1f%cs%x1f%s%x1f%b%x1d";
  const folder = join(mirror, repo.replace("/", "+"), "repo");
  const log = ["log", "--no-merges", "-n", String(COMMITS), "--no-renames", format];
  const told = spawnSync("git", ["-C", folder, ...log, "--name-status", "HEAD"], {
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  if (told.status !== 0) throw new Error(`${repo}: ${told.stderr}`);
  const tasks = told.stdout
    .split("\x1e")
    .slice(1)
    .flatMap((record) => readCommit(repo, record) ?? []);
  const several = tasks.filter((task) => task.gold_source.length > 1);
  const single = tasks.filter((task) => task.gold_source.length === 1);
  return [...spread(several, SEVERAL), ...spread(single, SINGLE)];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { mirror: { type: "string" }, out: { type: "string" } },
});
const { mirror, out } = values;
if (mirror === undefined || out === undefined || positionals.length === 0)
  throw new Error("say --mirror DIR, --out FILE and at least one owner/name");
const tasks = positionals.flatMap((repo) => mine(mirror, repo));
writeFileSync(out, JSON.stringify(tasks, null, 1));
process.stdout.write(`${tasks.length} tasks of ${positionals.length} repositories\n`);
