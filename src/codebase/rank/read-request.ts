import { type Signals, scaleSignal } from "./combine-signals.ts";
import { countWords } from "./count-words.ts";
import { findIdentifiers } from "./find-identifiers.ts";
import { findNamed } from "./find-named.ts";
import { findRequestWords, type RequestWord } from "./find-request-words.ts";
import type { Corpus } from "./open-corpus.ts";
import { scoreHeat } from "./score-heat.ts";
import { scoreIdentifiers } from "./score-identifiers.ts";
import { scoreBases } from "./score-names.ts";
import { type PastScores, scorePast } from "./score-past.ts";
import { scoreWords, type WordScores } from "./score-words.ts";

type Asked = "files" | "windows" | "bases" | "identifiers" | "past";

/** What a request says of each file by itself, with what is needed to explain it. Signals are scaled. */
export type RequestSignals = {
  words: readonly RequestWord[];
  identifiers: readonly RequestWord[];
  /** Files that it names by path or name. */
  named: ReadonlySet<number>;
  signals: Signals<Asked | "heat">;
  wordScores: WordScores;
  past: PastScores;
  /** Whether no file has anything of the request. */
  silent: boolean;
};

export function readRequest(corpus: Corpus, request: string): RequestSignals {
  const words = findRequestWords(request);
  const identifiers = findIdentifiers(request);
  const named = findNamed(corpus, request);
  // One walk over the code for both.
  const counts = countWords(
    corpus.files,
    [...words, ...identifiers].map(({ hash }) => hash),
  );
  const wordScores = scoreWords(corpus, words, counts);
  const past = scorePast(corpus, words);
  const asked = {
    files: wordScores.files,
    windows: wordScores.windows,
    bases: scoreBases(corpus, words),
    identifiers: scoreIdentifiers(corpus, identifiers, counts),
    past: past.signal,
  };
  const silent = Object.values(asked).every((signal) => signal.every((value) => value === 0));
  const scale = (signal: Float64Array): Float64Array => scaleSignal(corpus, signal);
  const signals = {
    files: scale(asked.files),
    windows: scale(asked.windows),
    bases: scale(asked.bases),
    identifiers: scale(asked.identifiers),
    past: scale(asked.past),
    heat: scale(scoreHeat(corpus)),
  };
  return { words, identifiers, named, signals, wordScores, past, silent };
}
