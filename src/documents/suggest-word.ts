import { distance } from "fastest-levenshtein";

/** The known word that was probably meant, or null when none is near. */
export function suggestWord(found: string, known: readonly string[]): string | null {
  const typed = found.toLowerCase().slice(0, 64);
  let best: string | null = null;
  let least = Math.max(2, Math.ceil(typed.length / 3)) + 1;
  for (const word of known) {
    const steps = distance(typed, word.toLowerCase());
    if (steps < least) {
      least = steps;
      best = word;
    }
  }
  return best;
}
