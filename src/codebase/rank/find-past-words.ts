import { termsOf } from "../index/split-terms.ts";
import type { RequestWord } from "./find-request-words.ts";
import { termsIn } from "./list-terms.ts";
import { baseOf, type Corpus } from "./open-corpus.ts";
import { openPast } from "./open-past.ts";

const newest = 60;
const largest = 20;
const most = 25;

/** What the changes of a file were about: the commonest words of their subjects, and those of the file's own name. */
export function findPastWords(corpus: Corpus, place: number): RequestWord[] {
  const past = openPast(corpus.codebase);
  const shares = new Map<number, number>();
  const add = (hash: number, share: number): void => {
    shares.set(hash, (shares.get(hash) ?? 0) + share);
  };
  for (const index of past.ofFile[place]?.slice(0, newest) ?? []) {
    const size = past.changes[index]?.size ?? 0;
    if (size > largest) continue;
    for (const hash of termsIn(past.subjects, index)) add(hash, 1 / size);
  }
  for (const hash of termsOf(baseOf(corpus.files[place]?.path ?? "")).keys()) add(hash, 0.5);
  return [...shares]
    .sort(([left, a], [right, c]) => c - a || left - right)
    .slice(0, most)
    .map(([hash, share]) => ({ hash, weight: Math.sqrt(share), written: "" }));
}
