import { type Counts, countWords, type Hits } from "./count-words.ts";
import type { RequestWord } from "./find-request-words.ts";
import { type Corpus, emptySignal, type Signal } from "./open-corpus.ts";
import { findInPaths } from "./open-paths.ts";
import { createTally, type Tally } from "./tally.ts";
import { createTelling, type Telling } from "./tell-words.ts";
import { saturate, weighRarity } from "./weigh-rarity.ts";

/** A word of the path counts like so many in the text: of the whole file, of one window. */
const pathInFile = 4;
const pathInWindow = 2;

export type WordScores = {
  /** Of files as a whole. */
  files: Signal;
  /** Of the best window of each file. */
  windows: Signal;
  /** For each file the words that tell most of it, as places in the words that were asked for; most telling first. */
  tellingOf: Telling["of"];
};

const none: Hits = { places: [], counts: [] };

/** How files and windows meet words, by BM25 over text and path. `counts` holds all of the words. */
export function scoreWords(
  corpus: Corpus,
  words: readonly RequestWord[],
  counts: Counts = countWords(
    corpus.files,
    words.map(({ hash }) => hash),
  ),
): WordScores {
  const { lengths, starts } = corpus.windows;
  const files = emptySignal(corpus);
  const windows = new Float64Array(lengths.length);
  const telling = createTelling(files.length);
  const ofFiles = createTally(files.length);
  const ofWindows = createTally(lengths.length);
  const paths = findInPaths(corpus.paths, words);
  for (const [word, { hash, weight }] of words.entries()) {
    const inText = counts.get(hash) ?? none;
    const inPaths = paths[word] ?? none;
    tallyFiles(corpus, inText, inPaths, ofFiles);
    const rarity = weighRarity(files.length, ofFiles.having());
    ofFiles.take((place, count) => {
      const worth = rarity * saturate(count, corpus.lengths[place] ?? 0, corpus.meanFile);
      const score = weight * worth;
      files[place] = (files[place] ?? 0) + score;
      telling.add(word, place, score);
    });
    tallyWindows(starts, inText, inPaths, ofWindows);
    const worth = weight * weighRarity(lengths.length, ofWindows.having());
    ofWindows.take((window, count) => {
      const score = worth * saturate(count, lengths[window] ?? 0, corpus.meanWindow);
      windows[window] = (windows[window] ?? 0) + score;
    });
  }
  return { files, windows: findBest(corpus, windows), tellingOf: telling.of };
}

function tallyFiles({ windows }: Corpus, inText: Hits, inPaths: Hits, tally: Tally): void {
  for (let at = 0; at < inText.places.length; at++)
    tally.add(windows.files[inText.places[at] ?? 0] ?? 0, inText.counts[at] ?? 0);
  for (let at = 0; at < inPaths.places.length; at++)
    tally.add(inPaths.places[at] ?? 0, pathInFile * (inPaths.counts[at] ?? 0));
}

/** A word that is in the path counts in all of the file's windows. */
function tallyWindows(starts: Int32Array, inText: Hits, inPaths: Hits, tally: Tally): void {
  for (let at = 0; at < inText.places.length; at++)
    tally.add(inText.places[at] ?? 0, inText.counts[at] ?? 0);
  for (let at = 0; at < inPaths.places.length; at++) {
    const place = inPaths.places[at] ?? 0;
    const end = starts[place + 1] ?? 0;
    for (let window = starts[place] ?? 0; window < end; window++)
      tally.add(window, pathInWindow * (inPaths.counts[at] ?? 0));
  }
}

/** What the best window of each file came to. */
function findBest(corpus: Corpus, scores: Float64Array): Signal {
  const best = emptySignal(corpus);
  const { files } = corpus.windows;
  for (let window = 0; window < scores.length; window++) {
    const place = files[window] ?? 0;
    best[place] = Math.max(best[place] ?? 0, scores[window] ?? 0);
  }
  return best;
}
