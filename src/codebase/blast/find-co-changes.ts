import type { Codebase, FileRole } from "../codebase.ts";

export type CoChange = { path: string; together: number; of: number };

/** A commit of more files says little of any two of them: a rename, a licence line, a formatter. */
const largestCommit = 30;
/** How often, and in which share of its commits, a file must have changed too to count. */
const leastTogether = 3;
const leastShare = 0.15;
/** How much likelier the file must be to change here than in any commit: a changelog changes in all of them. */
const leastLift = 1.5;

const dull: ReadonlySet<FileRole> = new Set(["generated", "vendored", "binary"]);

/**
 * Files that changed with one more often than chance would have it, the likeliest first. Files that are gone, generated or vendored
 * are left out.
 */
export function findCoChanges(codebase: Codebase, path: string): CoChange[] {
  // The oldest one brings in what was there before: the first commit of all, or where a shallow clone begins.
  const commits = codebase.history.commits
    .slice(0, -1)
    .filter(({ paths }) => paths.length <= largestCommit);
  const own = commits.filter(({ paths }) => paths.includes(path));
  if (own.length < leastTogether) return [];
  const together = countPaths(own);
  const overall = countPaths(commits, together);
  const found: CoChange[] = [];
  for (const [other, count] of together) {
    const role = codebase.file(other)?.role;
    if (other === path || role === undefined || dull.has(role) || count < leastTogether) continue;
    const share = count / own.length;
    const lift = share / ((overall.get(other) ?? count) / commits.length);
    if (share >= leastShare && lift >= leastLift)
      found.push({ path: other, together: count, of: own.length });
  }
  return found.sort(
    (left, right) => right.together - left.together || (left.path < right.path ? -1 : 1),
  );
}

function countPaths(
  commits: readonly { paths: readonly string[] }[],
  only?: ReadonlyMap<string, number>,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { paths } of commits) {
    for (const path of paths) {
      if (only === undefined || only.has(path)) counts.set(path, (counts.get(path) ?? 0) + 1);
    }
  }
  return counts;
}
