import type { Codebase } from "../codebase/codebase.ts";
import { checkConstraints } from "./check-constraints.ts";
import type { Breach, Constraint } from "./constraint.ts";

/** A file that differs between two commits; `from` is its former path where it was renamed. */
export type ChangedPath = { path: string; from: string | null };

/**
 * What a change breaks of the constraints that was not broken before it: only in changed files, and only as often as it is new. A line that
 * moved is no new breach, nor is a file that was too long already.
 */
export async function checkChangeAgainstConstraints(
  constraints: readonly Constraint[],
  { before, after }: { before: Codebase; after: Codebase },
  changed: readonly ChangedPath[],
): Promise<Breach[]> {
  const former = new Map(changed.map(({ path, from }) => [from ?? path, path]));
  const [old, now] = await Promise.all([
    checkConstraints(constraints, before, { paths: [...former.keys()], changed: true }),
    checkConstraints(constraints, after, {
      paths: changed.map(({ path }) => path),
      changed: true,
    }),
  ]);
  const known = new Map<string, number>();
  for (const breach of old) {
    const key = keyOf(breach, former.get(breach.path) ?? breach.path);
    known.set(key, (known.get(key) ?? 0) + 1);
  }
  return now.filter((breach) => {
    // That it was changed at all is the breach, whatever it held before.
    if (breach.rule === "forbidden-file") return true;
    const key = keyOf(breach, breach.path);
    const left = known.get(key) ?? 0;
    known.set(key, left - 1);
    return left <= 0;
  });
}

function keyOf({ constraint, rule, quote, why }: Breach, path: string): string {
  const words = rule === "longest" ? why.replace(/\d+/g, "") : why;
  const line = rule === "longest" ? "" : quote;
  return [constraint.id, path, rule, words, line].join("\n");
}
