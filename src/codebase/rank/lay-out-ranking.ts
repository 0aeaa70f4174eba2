import type { Codebase } from "../codebase.ts";
import type { RankedFile } from "../ranked-file.ts";
import type { RequestWord } from "./find-request-words.ts";
import { type Corpus, openPapers, type Signal } from "./open-corpus.ts";
import { pickHighest } from "./pick-highest.ts";
import { scoreWords } from "./score-words.ts";

/** Every so many places one is a test's. */
const testEvery = 4;
/** The share of places at the end that documents and configuration may have. */
const paperShare = 1 / 6;

export type Explain = (place: number) => readonly string[];

/**
 * Code by what it came to, best first: sources, with a test at every fourth place. The last sixth of the places is for documents and
 * configuration that have the words, if any do.
 */
export function layOutRanking(
  corpus: Corpus,
  sum: Signal,
  words: readonly RequestWord[],
  { top, explain }: { top: number; explain: Explain },
): RankedFile[] {
  const papers = rankPapers(corpus.codebase, words, Math.floor(top * paperShare));
  const room = top - papers.length;
  const places = [...sum.keys()].filter((place) => (sum[place] ?? 0) > 0);
  const pick = (kind: number): number[] =>
    pickHighest(
      sum,
      places.filter((place) => corpus.tests[place] === kind),
      room,
    );
  const code = weave(pick(0), pick(1))
    .slice(0, room)
    .map((place) => ({
      path: corpus.files[place]?.path ?? "",
      score: round(sum[place] ?? 0),
      reasons: explain(place),
    }));
  return [...code, ...papers];
}

const round = (score: number): number => Math.round(score * 1000) / 1000;

function weave(sources: readonly number[], tests: readonly number[]): number[] {
  const woven: number[] = [];
  let test = 0;
  for (const source of sources) {
    if (woven.length % testEvery === testEvery - 1 && test < tests.length)
      woven.push(tests[test++] ?? 0);
    woven.push(source);
  }
  return [...woven, ...tests.slice(test)];
}

/** Documents and configuration by words alone. */
function rankPapers(codebase: Codebase, words: readonly RequestWord[], most: number): RankedFile[] {
  if (most === 0 || words.length === 0) return [];
  const corpus = openPapers(codebase);
  const { windows, tellingOf } = scoreWords(corpus, words);
  const having = [...windows.keys()].filter((place) => (windows[place] ?? 0) > 0);
  return pickHighest(windows, having, most).map((place) => ({
    path: corpus.files[place]?.path ?? "",
    score: 0,
    reasons: describeWords(words, tellingOf(place)),
  }));
}

const shownWords = 4;

/** `words: retry, timeout`, the most telling first. Two words that stand there already are not told again as one name. */
export function describeWords(words: readonly RequestWord[], telling: readonly number[]): string[] {
  const shown = new Set<string>();
  for (const word of telling) {
    const written = words[word]?.written ?? "";
    if (shown.size < shownWords && !written.split(" ").every((part) => shown.has(part)))
      shown.add(written);
  }
  shown.delete("");
  return shown.size === 0 ? [] : [`words: ${[...shown].join(", ")}`];
}
