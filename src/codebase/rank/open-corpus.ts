import type { Codebase, FileRole, SourceFile } from "../codebase.ts";
import { termsOf } from "../index/split-terms.ts";

/** Files of a codebase that can be searched, as the ranking looks at them. Signals are numbers in the order of `files`. */
export type Corpus = {
  codebase: Codebase;
  files: readonly SourceFile[];
  /** Place of a path in `files`. */
  places: ReadonlyMap<string, number>;
  /** 1 where the file is a test. */
  tests: Uint8Array;
  /** Words of each file. */
  lengths: Float64Array;
  windows: number;
  meanFile: number;
  meanWindow: number;
  /** Terms of each path, without its ending. */
  pathTerms: readonly ReadonlyMap<number, number>[];
};

/** One number for each file of a corpus. */
export type Signal = Float64Array;

const code: ReadonlySet<FileRole> = new Set(["source", "test"]);
const papers: ReadonlySet<FileRole> = new Set(["document", "configuration", "data"]);

/** Sources and tests. */
export const openCorpus = remember((codebase) => makeCorpus(codebase, code));

/** Documents and configuration, which are ranked apart, behind the code. */
export const openPapers = remember((codebase) => makeCorpus(codebase, papers));

/** Made once for each codebase: several rankings of one codebase share it. */
function remember(make: (codebase: Codebase) => Corpus): (codebase: Codebase) => Corpus {
  const known = new WeakMap<Codebase, Corpus>();
  return (codebase) => {
    const corpus = known.get(codebase) ?? make(codebase);
    known.set(codebase, corpus);
    return corpus;
  };
}

function makeCorpus(codebase: Codebase, roles: ReadonlySet<FileRole>): Corpus {
  const files = codebase.files.filter(({ role, windows }) => roles.has(role) && windows.length > 0);
  const lengths = Float64Array.from(files, ({ windows }) =>
    windows.reduce((sum, { length }) => sum + length, 0),
  );
  const windows = files.reduce((sum, file) => sum + file.windows.length, 0);
  const words = lengths.reduce((sum, length) => sum + length, 0);
  return {
    codebase,
    files,
    places: new Map(files.map(({ path }, place) => [path, place])),
    tests: Uint8Array.from(files, ({ role }) => (role === "test" ? 1 : 0)),
    lengths,
    windows,
    meanFile: words / Math.max(1, files.length),
    meanWindow: words / Math.max(1, windows),
    pathTerms: splitPaths(files.map(({ path }) => path.replace(/\.[^./]+$/, ""))),
  };
}

/** The terms of paths. Folders come again and again, and are split once. */
function splitPaths(paths: readonly string[]): Map<number, number>[] {
  const ofPart = new Map<string, ReadonlyMap<number, number>>();
  return paths.map((path) => {
    const all = new Map<number, number>();
    for (const part of path.split("/")) {
      const terms = ofPart.get(part) ?? termsOf(part);
      ofPart.set(part, terms);
      for (const [term, count] of terms) all.set(term, (all.get(term) ?? 0) + count);
    }
    return all;
  });
}

export const emptySignal = (corpus: Corpus): Signal => new Float64Array(corpus.files.length);

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** `src/http/retry.test.ts` → `retry.test`. */
export const baseOf = (path: string): string =>
  path.slice(path.lastIndexOf("/") + 1).replace(/(?<=.)\.[^.]+$/, "");
