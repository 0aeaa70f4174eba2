import type { FileEntry, Snapshot } from "../workspace/port.ts";
import type { ContextSelector, SelectedFile } from "./context-selector.ts";
import { isTestPath, isWorthReading } from "./judge-path.ts";
import { splitWords } from "./split-words.ts";

const maxFiles = 4000;
const maxBytes = 200_000;
const k1 = 1.2;
const b = 0.75;
const pathWeight = 4;
const namedBonus = 50;

type Indexed = {
  path: string;
  length: number;
  content: ReadonlyMap<string, number>;
  inPath: ReadonlySet<string>;
};

/**
 * First selector: BM25 (Robertson and Zaragoza, 2009) over content and path words, a word of the path
 * counting four times; a file that the request names comes first. Ties fall in the order of paths.
 */
export const textSelector: ContextSelector = {
  async select(snapshot, query, options) {
    const shown = wordsAsWritten(query);
    const words = new Set(shown.keys());
    const entries = chooseCandidates(await snapshot.list(), words);
    const files = await indexFiles(snapshot, entries, words);
    const frequencies = countFrequencies(files, words);
    const mean = files.reduce((sum, file) => sum + file.length, 0) / Math.max(1, files.length);
    return files
      .map((file) =>
        scoreFile(file, { query, words, shown, frequencies, mean, total: files.length }),
      )
      .filter((file) => file.score > 0)
      .sort((left, right) => right.score - left.score || (left.path < right.path ? -1 : 1))
      .slice(0, options.top);
  },
};

/** Each matching form with the word of the request that it came from, for people to read. */
function wordsAsWritten(query: string): Map<string, string> {
  const written = new Map<string, string>();
  for (const [word] of query.matchAll(/[\p{L}\p{N}_$]+/gu))
    for (const form of splitWords(word))
      if (!written.has(form)) written.set(form, word.toLowerCase());
  return written;
}

/** In a large repository only so many files are read: those whose path has words of the request before the others. */
function chooseCandidates(entries: readonly FileEntry[], words: ReadonlySet<string>): FileEntry[] {
  const readable = entries.filter(
    (entry) =>
      (entry.kind === "file" || entry.kind === "executable") &&
      entry.bytes <= maxBytes &&
      isWorthReading(entry.path),
  );
  if (readable.length <= maxFiles) return readable;
  const hits = (entry: FileEntry): number =>
    splitWords(entry.path).filter((word) => words.has(word)).length;
  return readable
    .map((entry) => ({ entry, hits: hits(entry) }))
    .sort((left, right) => right.hits - left.hits || (left.entry.path < right.entry.path ? -1 : 1))
    .slice(0, maxFiles)
    .map(({ entry }) => entry);
}

async function indexFiles(
  snapshot: Snapshot,
  entries: readonly FileEntry[],
  words: ReadonlySet<string>,
): Promise<Indexed[]> {
  const files: Indexed[] = [];
  for (const entry of entries) {
    const content = await snapshot.read(entry.path);
    if (content?.kind !== "text") continue;
    const counts = new Map<string, number>();
    const all = splitWords(content.text);
    for (const word of all) if (words.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
    const path = new Set(splitWords(entry.path).filter((word) => words.has(word)));
    files.push({ path: entry.path, length: all.length, content: counts, inPath: path });
  }
  return files;
}

function countFrequencies(
  files: readonly Indexed[],
  words: ReadonlySet<string>,
): Map<string, number> {
  const frequencies = new Map<string, number>();
  for (const word of words) {
    const having = files.filter((file) => file.content.has(word) || file.inPath.has(word)).length;
    frequencies.set(word, having);
  }
  return frequencies;
}

type Corpus = {
  query: string;
  words: ReadonlySet<string>;
  shown: ReadonlyMap<string, string>;
  frequencies: ReadonlyMap<string, number>;
  mean: number;
  total: number;
};

function scoreFile(file: Indexed, corpus: Corpus): SelectedFile {
  const parts: { word: string; score: number }[] = [];
  for (const word of corpus.words) {
    const count = (file.content.get(word) ?? 0) + (file.inPath.has(word) ? pathWeight : 0);
    if (count === 0) continue;
    const having = corpus.frequencies.get(word) ?? 0;
    const rarity = Math.log(1 + (corpus.total - having + 0.5) / (having + 0.5));
    const size = k1 * (1 - b + (b * file.length) / Math.max(1, corpus.mean));
    parts.push({ word, score: (rarity * count * (k1 + 1)) / (count + size) });
  }
  parts.sort((left, right) => right.score - left.score || (left.word < right.word ? -1 : 1));
  const sum = parts.reduce((total, part) => total + part.score, 0);
  const named = isNamed(corpus.query, file.path);
  const score = sum * (isTestPath(file.path) ? 0.8 : 1) + (named ? namedBonus : 0);
  return {
    path: file.path,
    score: Math.round(score * 1000) / 1000,
    reasons: explain(file, parts, named, corpus.shown),
  };
}

function explain(
  file: Indexed,
  parts: readonly { word: string }[],
  named: boolean,
  shown: ReadonlyMap<string, string>,
): string[] {
  const describe = (word: string): string => {
    const count = file.content.get(word) ?? 0;
    const written = shown.get(word) ?? word;
    return file.inPath.has(word) ? `${written} in the path` : `${written} ×${count}`;
  };
  const words = parts.slice(0, 4).map(({ word }) => describe(word));
  return [...(named ? ["named in the request"] : []), ...words];
}

/** A whole path, or a file name with an extension, as a word of the request. */
function isNamed(query: string, path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return [path, name.includes(".") ? name : path].some((words) => {
    for (let at = query.indexOf(words); at >= 0; at = query.indexOf(words, at + 1)) {
      const around = `${query[at - 1] ?? " "}${query[at + words.length] ?? " "}`;
      if (!/[\w/-]/.test(around)) return true;
    }
    return false;
  });
}
