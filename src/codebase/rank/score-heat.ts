import { type Corpus, emptySignal, type Signal } from "./open-corpus.ts";
import { openPast } from "./open-past.ts";

const halfLife = 500;

/** How often files changed, lately above all. */
export function scoreHeat(corpus: Corpus): Signal {
  const heat = emptySignal(corpus);
  for (const { age, places } of openPast(corpus.codebase).changes) {
    const share = 0.5 ** (age / halfLife);
    for (const place of places) heat[place] = (heat[place] ?? 0) + share;
  }
  return heat.map(Math.log1p);
}
