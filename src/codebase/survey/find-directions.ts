import type { Codebase } from "../codebase.ts";
import { order } from "../conventions/count-by.ts";
import type { Part } from "./divide-components.ts";
import type { Direction } from "./survey.ts";

/** Imports between components, the most first; ties in the order of names. */
export function findDirections(codebase: Codebase, parts: readonly Part[]): Direction[] {
  const owner = ownersOf(parts);
  const found = new Map<string, Direction>();
  for (const part of parts) {
    for (const { path } of part.files) {
      for (const edge of codebase.graph.importsOf(path)) {
        const to = owner.get(edge.to);
        if (to === undefined || to === part.key) continue;
        const key = `${part.key}\n${to}`;
        const place = { path, line: edge.line };
        const known = found.get(key) ?? { from: part.key, to, imports: 0, place };
        found.set(key, { ...known, imports: known.imports + 1 });
      }
    }
  }
  return [...found.values()].sort(
    (left, right) =>
      right.imports - left.imports || order(left.from, right.from) || order(left.to, right.to),
  );
}

const ownersOf = (parts: readonly Part[]): Map<string, string> =>
  new Map(parts.flatMap((part) => part.files.map(({ path }) => [path, part.key])));

/** How many test files import each component. */
export function countTests(codebase: Codebase, parts: readonly Part[]): Map<string, number> {
  const owner = ownersOf(parts);
  const counts = new Map<string, number>();
  for (const { path, role } of codebase.files) {
    if (role !== "test") continue;
    const reached = new Set(codebase.graph.importsOf(path).map(({ to }) => owner.get(to)));
    for (const key of reached) if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
