import { estimateTokenCount, sliceByTokens } from "tokenx";
import type { FileEntry, Snapshot } from "../workspace/port.ts";
import type { Codebase } from "./codebase.ts";
import { mergeCommands } from "./commands/detect-commands.ts";
import { sayConventions } from "./conventions/say-conventions.ts";
import { isWorthReading } from "./judge-path.ts";
import { rankForRequest } from "./rank/rank-for-request.ts";
import type { RankedFile } from "./ranked-file.ts";
import { selectRegions } from "./regions/select-regions.ts";
import { toExcerpts } from "./regions/to-excerpts.ts";
import type { Commands, Excerpt, RepositoryFacts } from "./repository-facts.ts";

const treeLimit = 400;
const rankedLimit = 20;
/** Shares of the budget; what one part leaves over goes to the excerpts, which come last. */
const shares = { manifests: 0.12, readme: 0.12, tree: 0.12 } as const;
const leastExcerpt = 60;

const manifestNames =
  /^(?:package\.json|tsconfig\.json|pyproject\.toml|setup\.cfg|tox\.ini|requirements\.txt|go\.mod|Cargo\.toml|Makefile|pom\.xml|build\.gradle(?:\.kts)?|Gemfile|composer\.json|mix\.exs|Package\.swift|CMakeLists\.txt)$/;

/**
 * Everything that is told about a repository before a model sees it, within `budgetTokens` (an estimate). Texts are raw: whoever puts
 * them into a prompt strips and fences them.
 */
export async function surveyRepository(
  snapshot: Snapshot,
  codebase: Codebase,
  options: {
    query: string;
    budgetTokens: number;
    configured: Commands;
  },
): Promise<RepositoryFacts> {
  const entries = await snapshot.list();
  const paths = entries.map((entry) => entry.path);
  const read = (path: string): Promise<string | null> => readText(snapshot, path);
  const { commands, setup } = await mergeCommands(options.configured, paths, read);
  const ranked = rankForRequest(codebase, options.query, { top: rankedLimit });
  const budget = startBudget(options.budgetTokens);
  const manifests = await cutManifests(entries, read, budget);
  const readme = await cutReadme(entries, read, budget);
  const tree = cutTree(entries, ranked, budget);
  return {
    commit: snapshot.commit,
    tree,
    omitted: paths.length - tree.length,
    manifests,
    readme,
    conventions: await sayConventions(codebase),
    commands,
    setup,
    ranked,
    excerpts: await cutExcerpts(codebase, options.query, ranked, budget.left),
  };
}

async function readText(snapshot: Snapshot, path: string): Promise<string | null> {
  const content = await snapshot.read(path);
  return content?.kind === "text" ? content.text : null;
}

type Read = (path: string) => Promise<string | null>;
type Budget = { total: number; left: number };

const startBudget = (total: number): Budget => ({ total, left: total });

/** Cuts a text to what `limit` and the budget leave, at the end of a line, and takes it off the budget. */
function take(text: string, limit: number, budget: Budget): { text: string; truncated: boolean } {
  const allowed = Math.max(0, Math.floor(Math.min(limit, budget.left)));
  const tokens = estimateTokenCount(text);
  if (tokens <= allowed) {
    budget.left -= tokens;
    return { text, truncated: false };
  }
  const cut = sliceByTokens(text, 0, allowed);
  const end = cut.lastIndexOf("\n");
  budget.left -= allowed;
  return { text: end > 0 ? cut.slice(0, end + 1) : cut, truncated: true };
}

async function cutManifests(
  entries: readonly FileEntry[],
  read: Read,
  budget: Budget,
): Promise<{ path: string; text: string }[]> {
  const manifests: { path: string; text: string }[] = [];
  const own = startBudget(budget.total * shares.manifests);
  for (const { path } of entries.filter((entry) => manifestNames.test(entry.path))) {
    const text = own.left > leastExcerpt ? await read(path) : null;
    if (text !== null) manifests.push({ path, text: take(text, own.left, own).text });
  }
  budget.left -= budget.total * shares.manifests - Math.max(0, own.left);
  return manifests;
}

async function cutReadme(
  entries: readonly FileEntry[],
  read: Read,
  budget: Budget,
): Promise<{ path: string; text: string } | null> {
  const path = entries.find((entry) =>
    /^readme(?:\.(?:md|rst|txt|adoc))?$/i.test(entry.path),
  )?.path;
  const text = path === undefined ? null : await read(path);
  if (path === undefined || text === null) return null;
  return { path, text: take(text, budget.total * shares.readme, budget).text };
}

/** Top-ranked paths always, then those near the root; in the order of paths. */
function cutTree(
  entries: readonly FileEntry[],
  ranked: readonly RankedFile[],
  budget: Budget,
): string[] {
  const first = new Set(ranked.map((file) => file.path));
  const weight = (path: string): number =>
    (first.has(path) ? -1000 : 0) + (isWorthReading(path) ? 0 : 1000) + path.split("/").length;
  const ordered = entries
    .map(({ path }) => ({ path, weight: weight(path) }))
    .sort((left, right) => left.weight - right.weight || (left.path < right.path ? -1 : 1));
  const chosen: string[] = [];
  let left = budget.total * shares.tree;
  for (const { path } of ordered.slice(0, treeLimit)) {
    const tokens = estimateTokenCount(path) + 1;
    if (tokens > left) break;
    left -= tokens;
    budget.left -= tokens;
    chosen.push(path);
  }
  return chosen.sort();
}

async function cutExcerpts(
  codebase: Codebase,
  query: string,
  ranked: readonly RankedFile[],
  tokens: number,
): Promise<Excerpt[]> {
  if (tokens < leastExcerpt) return [];
  return toExcerpts(codebase, await selectRegions(codebase, query, ranked, tokens));
}
