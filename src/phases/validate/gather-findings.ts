import type { CheckResult } from "./checks/run-checks.ts";
import type { JudgedFinding } from "./decide-verdict.ts";

const order = { critical: 0, major: 1, minor: 2 } as const;

/** The findings of all checks, numbered: the gravest first, what is proven before what is not. What two checks found alike is one. */
export function gatherFindings(results: readonly CheckResult[]): JudgedFinding[] {
  const seen = new Set<string>();
  const all = results.flatMap(({ reply }) => reply?.findings ?? []);
  const distinct = all.filter(({ title, evidence }) => {
    const places = evidence.map(({ path, startLine }) => `${path}:${startLine}`);
    const key = JSON.stringify([title.trim().toLowerCase(), places]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  const sorted = distinct.toSorted(
    (left, right) =>
      order[left.severity] - order[right.severity] || Number(right.proven) - Number(left.proven),
  );
  return sorted.map((finding, index) => ({
    ...finding,
    id: `F-${index + 1}`,
    resolvedBy: null,
  }));
}
