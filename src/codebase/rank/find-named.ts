import type { Corpus } from "./open-corpus.ts";

/** Files whose path, or whose name with its ending, stands in the request. */
export function findNamed(corpus: Corpus, request: string): ReadonlySet<number> {
  const mentioned = new Set<string>();
  for (const [word] of request.matchAll(/[\w@$+./-]*\w\.\w+/g))
    mentioned.add(word.replace(/^(\.?\/)+/, ""));
  const named = new Set<number>();
  if (mentioned.size === 0) return named;
  for (const [place, { path }] of corpus.files.entries()) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const tails = [path, name, path.slice(path.slice(0, -name.length - 1).lastIndexOf("/") + 1)];
    if (tails.some((tail) => mentioned.has(tail))) named.add(place);
  }
  return named;
}
