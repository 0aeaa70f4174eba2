import type { Direction } from "./survey.ts";

/**
 * Directions without those that a way over other components shows already (transitive reduction), so that a drawing of many can be
 * read. Directions within a ring stay, for each of them is one to know of.
 */
export function reduceDirections(
  directions: readonly Direction[],
  rings: readonly (readonly string[])[],
): Direction[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of directions) next.set(from, [...(next.get(from) ?? []), to]);
  const areRing = (left: string, right: string): boolean =>
    rings.some((ring) => ring.includes(left) && ring.includes(right));
  // A way over a member of one's own ring shows nothing: it could be gone round without end.
  const isShown = ({ from, to }: Direction): boolean =>
    (next.get(from) ?? []).some(
      (over) =>
        over !== to && !areRing(over, from) && !areRing(over, to) && reaches(next, over, to),
    );
  return directions.filter(
    (direction) => areRing(direction.from, direction.to) || !isShown(direction),
  );
}

function reaches(next: ReadonlyMap<string, string[]>, from: string, to: string): boolean {
  const seen = new Set([from]);
  // A set hands out what is added to it on the way.
  for (const name of seen) {
    if (name === to) return true;
    for (const other of next.get(name) ?? []) seen.add(other);
  }
  return false;
}
