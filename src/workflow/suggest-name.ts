import { distance } from "fastest-levenshtein";

/** Longest name that is compared at all: the distance is quadratic. */
const LONGEST = 40;

/** The nearest of the names, at most `within` edits away; null when none is near. */
export function suggestName(
  given: string,
  names: readonly string[],
  within = Number.POSITIVE_INFINITY,
): string | null {
  if (given.length > LONGEST) return null;
  let best: { name: string; edits: number } | null = null;
  for (const name of names) {
    const edits = distance(given, name);
    if (edits <= within && (!best || edits < best.edits)) best = { name, edits };
  }
  return best?.name ?? null;
}
