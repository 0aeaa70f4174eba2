import type { Hits } from "./count-words.ts";
import { createTable, findTerms } from "./find-terms.ts";
import type { Splitter } from "./split-names.ts";

/** The terms of short texts, each once with how often it comes: those of text `i` lie from `starts[i]` up to `starts[i + 1]`. */
export type TermLists = { starts: Uint32Array; terms: Uint32Array; counts: Uint32Array };

/** The terms of each text, as the index has them, and where it is given one more, unless it is there already. */
export function listTerms(
  texts: readonly string[],
  splitter: Splitter,
  more?: (text: string) => string,
): TermLists {
  const split = texts.map((text) => splitter.split(text));
  const others = more === undefined ? [] : texts.map((text) => splitter.numberOf(more(text)));
  const starts = new Uint32Array(texts.length + 1);
  const found: number[] = [];
  const counts: number[] = [];
  // Where a term was put last; before the start of a text it is not of that text.
  const last = new Int32Array(splitter.terms()).fill(-1);
  const add = (term: number, start: number, count: number): void => {
    const place = last[term] ?? -1;
    if (place >= start) counts[place] = (counts[place] ?? 0) + count;
    else {
      last[term] = found.push(term) - 1;
      counts.push(1);
    }
  };
  for (let text = 0; text < texts.length; text++) {
    const start = found.length;
    for (const terms of split[text] ?? []) for (const term of terms) add(term, start, 1);
    if (more !== undefined) add(others[text] ?? 0, start, 0);
    starts[text + 1] = found.length;
  }
  const terms = new Uint32Array(found.length);
  for (let at = 0; at < found.length; at++) terms[at] = splitter.hashOf(found[at] ?? 0);
  return { starts, terms, counts: new Uint32Array(counts) };
}

/** The number of different terms of a text. */
export const sizeOf = ({ starts }: TermLists, text: number): number =>
  (starts[text + 1] ?? 0) - (starts[text] ?? 0);

export const termsIn = ({ starts, terms }: TermLists, text: number): Uint32Array =>
  terms.subarray(starts[text], starts[text + 1]);

/** For each word the texts that have it; no word comes twice. */
export function findListed(
  { starts, terms, counts }: TermLists,
  words: readonly { hash: number }[],
): Hits[] {
  const hits = words.map((): Hits => ({ places: [], counts: [] }));
  const found = new Int32Array(terms.length * 2);
  const size = findTerms(createTable(words.map(({ hash }) => hash)), terms, found);
  let text = 0;
  for (let at = 0; at < size; at += 2) {
    const place = found[at] ?? 0;
    while ((starts[text + 1] ?? 0) <= place) text++;
    const hit = hits[found[at + 1] ?? 0];
    hit?.places.push(text);
    hit?.counts.push(counts[place] ?? 0);
  }
  return hits;
}
