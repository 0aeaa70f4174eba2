import type { Codebase, Window } from "../codebase/codebase.ts";
import { termsOf } from "../codebase/index/split-terms.ts";

/**
 * Whether some stretch of the repository may hold these words, by the index alone: a search that would find nothing need not be made.
 * True where the index cannot tell: for words that it does not count, and where files were too large for it.
 */
export function mayContain(words: string, codebase: Codebase): boolean {
  const terms = [...termsOf(words).keys()];
  if (terms.length === 0 || codebase.made.skipped.some(({ why }) => why === "too-large"))
    return true;
  return codebase.files.some((file) =>
    file.windows.some((window) => terms.every((term) => has(window, term))),
  );
}

function has({ terms }: Window, term: number): boolean {
  let low = 0;
  let high = terms.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = terms[middle] ?? 0;
    if (found === term) return true;
    if (found < term) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
