import { createTermCounter } from "./count-terms.ts";
import { hashTerm } from "./hash-term.ts";
import { isUnspaced, splitIdentifier, WHOLE } from "./split-identifier.ts";

export { hashTerm } from "./hash-term.ts";

const count = createTermCounter();

/** Terms of prose, code or a path as windows of the index hold them: hash → how often it comes (at most 255). */
export function termsOf(text: string): Map<number, number> {
  const { terms, counts } = count(text, 0, text.length);
  const found = new Map<number, number>();
  for (const [index, term] of terms.entries()) found.set(term, counts[index] ?? 0);
  return found;
}

/** A term of a request, with the words that it was written in. */
export type QueryTerm = {
  hash: number;
  /** As it was written the first time, for reasons that people read. */
  written: string;
  /** Whether it stands for a whole identifier of several parts. */
  whole: boolean;
  count: number;
};

const name = /[\p{L}\p{M}_$][\p{L}\p{M}\p{N}_$]*/gu;

/** The terms of a request in the order in which they first come, by the same rules as those of the code. */
export function queryTerms(text: string): QueryTerm[] {
  const found = new Map<number, QueryTerm>();
  for (const [run] of text.matchAll(name)) {
    for (const term of splitIdentifier(run)) {
      const written = isUnspaced(run) ? term : run;
      const hash = hashTerm(term);
      const known = found.get(hash);
      if (known === undefined)
        found.set(hash, { hash, written, whole: term.startsWith(WHOLE), count: 1 });
      else known.count += 1;
    }
  }
  return [...found.values()];
}
