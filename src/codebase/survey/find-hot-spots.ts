import type { History } from "../../workspace/port.ts";
import type { Codebase } from "../codebase.ts";
import { order } from "../conventions/count-by.ts";
import { nameOf } from "../conventions/split-path.ts";
import type { HiddenPair, HotSpot, Hub } from "./survey.ts";

const most = 10;
const leastCommits = 2;
/** A commit that touches more than this moves things about and says little of what belongs together. */
const largestCommit = 20;
const leastTogether = 4;
const leastConfidence = 0.5;

const isSource = (codebase: Codebase, path: string): boolean =>
  codebase.file(path)?.role === "source";

/** Source files that changed often and are long: where a change is likely and hard. */
export function findHotSpots(codebase: Codebase): HotSpot[] {
  const commits = countCommits(codebase.history);
  return codebase.files
    .flatMap(({ path, role, lines }): HotSpot[] => {
      const changes = commits.get(path) ?? 0;
      if (role !== "source" || changes < leastCommits) return [];
      return [{ path, commits: changes, lines, score: changes * lines }];
    })
    .sort((left, right) => right.score - left.score || order(left.path, right.path))
    .slice(0, most);
}

function countCommits({ commits }: History): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { paths } of commits)
    for (const path of paths) counts.set(path, (counts.get(path) ?? 0) + 1);
  return counts;
}

/** Source files that most others of the product import. */
export const findHubs = (codebase: Codebase): Hub[] =>
  codebase.files
    .filter(({ role }) => role === "source")
    .map(({ path }): Hub => {
      const edges = codebase.graph.importersOf(path);
      const importers = new Set(
        edges.map(({ from }) => from).filter((from) => isSource(codebase, from)),
      );
      return { path, importers: importers.size };
    })
    .filter(({ importers }) => importers > 1)
    .sort((left, right) => right.importers - left.importers || order(left.path, right.path))
    .slice(0, most);

/**
 * Pairs of source files that change together in at least half of the commits of the one that changed less, though neither imports the
 * other: what binds them stands nowhere in the code.
 */
export function findHiddenPairs(codebase: Codebase): HiddenPair[] {
  const together = new Map<string, number>();
  const alone = new Map<string, number>();
  for (const { paths } of codebase.history.commits) {
    if (paths.length > largestCommit) continue;
    const own = paths.filter((path) => isSource(codebase, path)).sort(order);
    for (const [index, left] of own.entries()) {
      alone.set(left, (alone.get(left) ?? 0) + 1);
      for (const right of own.slice(index + 1)) {
        const key = `${left}\n${right}`;
        together.set(key, (together.get(key) ?? 0) + 1);
      }
    }
  }
  return [...together]
    .flatMap(([key, count]): HiddenPair[] => {
      const [left = "", right = ""] = key.split("\n");
      const of = Math.min(alone.get(left) ?? 0, alone.get(right) ?? 0);
      if (count < leastTogether || count < of * leastConfidence) return [];
      return areJoined(codebase, left, right) ? [] : [{ left, right, together: count, of }];
    })
    .sort(
      (left, right) =>
        right.together - left.together ||
        order(left.left, right.left) ||
        order(left.right, right.right),
    )
    .slice(0, most);
}

function areJoined(codebase: Codebase, left: string, right: string): boolean {
  const imports = (from: string, to: string): boolean =>
    codebase.graph.importsOf(from).some((edge) => edge.to === to);
  const stem = (path: string): string => nameOf(path).split(".")[0] ?? "";
  const isOneThing =
    stem(left) === stem(right) && !/^(?:index|mod|__init__|main)$/.test(stem(left));
  return imports(left, right) || imports(right, left) || isOneThing;
}
