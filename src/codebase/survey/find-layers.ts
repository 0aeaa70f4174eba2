import { order } from "../conventions/count-by.ts";
import type { Direction, Survey } from "./survey.ts";

/**
 * Rows of components such that each imports only rows below it, the topmost first; those that import one another in a ring share a row.
 * Every ring is told of with the direction that would be the cheapest to turn.
 */
export function findLayers(
  names: readonly string[],
  directions: readonly Direction[],
): Pick<Survey, "layers" | "cycles"> {
  const next = new Map<string, string[]>(names.map((name) => [name, []]));
  for (const { from, to } of directions) next.get(from)?.push(to);
  const rings = findRings(names, next);
  const ringOf = new Map(rings.flatMap((ring) => ring.map((name) => [name, ring])));
  const heights = new Map<readonly string[], number>();
  // Rings come with what they import before them, so one pass is enough.
  for (const ring of rings) {
    const below = ring.flatMap((name) => next.get(name) ?? []).map((to) => ringOf.get(to));
    const others = below.filter((other) => other !== undefined && other !== ring);
    heights.set(ring, Math.max(-1, ...others.map((other) => heights.get(other ?? []) ?? 0)) + 1);
  }
  const top = Math.max(-1, ...heights.values());
  const layers = Array.from({ length: top + 1 }, (_, index) =>
    rings
      .filter((ring) => heights.get(ring) === top - index)
      .flat()
      .sort(order),
  );
  const cycles = rings
    .filter((ring) => ring.length > 1)
    .map((members) => ({ members, weakest: findWeakest(members, directions) }))
    .sort((left, right) => order(left.members.join(), right.members.join()));
  return { layers, cycles };
}

const findWeakest = (
  members: readonly string[],
  directions: readonly Direction[],
): Direction | null =>
  directions
    .filter(({ from, to }) => members.includes(from) && members.includes(to))
    .toSorted((left, right) => left.imports - right.imports)[0] ?? null;

type Visit = { index: number; low: number; open: boolean };

/** Strongly connected components (Tarjan, 1972), each after all that it reaches; members in the order of names. */
function findRings(names: readonly string[], next: ReadonlyMap<string, string[]>): string[][] {
  const visits = new Map<string, Visit>();
  const stack: string[] = [];
  const rings: string[][] = [];
  const visit = (name: string): Visit => {
    const own: Visit = { index: visits.size, low: visits.size, open: true };
    visits.set(name, own);
    stack.push(name);
    for (const other of next.get(name) ?? []) {
      const known = visits.get(other);
      if (known === undefined) own.low = Math.min(own.low, visit(other).low);
      else if (known.open) own.low = Math.min(own.low, known.index);
    }
    if (own.low === own.index) rings.push(closeRing(stack, visits, name));
    return own;
  };
  for (const name of names) if (!visits.has(name)) visit(name);
  return rings;
}

function closeRing(stack: string[], visits: ReadonlyMap<string, Visit>, first: string): string[] {
  const ring = stack.splice(stack.indexOf(first));
  for (const name of ring) {
    const known = visits.get(name);
    if (known) known.open = false;
  }
  return ring.sort(order);
}
