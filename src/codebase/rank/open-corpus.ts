import type { Codebase, FileRole, SourceFile } from "../codebase.ts";
import { openPaths, type Paths } from "./open-paths.ts";
import { remember } from "./remember.ts";
import { openSplitter } from "./split-names.ts";

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
  windows: WindowTable;
  meanFile: number;
  meanWindow: number;
  paths: Paths;
};

/** The windows of all files, numbered through. */
export type WindowTable = {
  /** Words of each. */
  lengths: Float64Array;
  /** Place of the file of each. */
  files: Int32Array;
  /** For each file the number of its first window, and at the end the number of all. */
  starts: Int32Array;
};

/** One number for each file of a corpus. */
export type Signal = Float64Array;

const papers: ReadonlySet<FileRole> = new Set(["document", "configuration", "data"]);

/** Sources and tests; settings that are programs (`rollup.config.js`) are changed as sources are. */
const isCode = ({ role, language }: SourceFile): boolean =>
  role === "source" || role === "test" || (role === "configuration" && language !== null);

/** Sources and tests. Several rankings of one codebase share it. */
export const openCorpus = remember((codebase: Codebase) => makeCorpus(codebase, isCode));

/** Documents and configuration, which are ranked apart, behind the code. */
export const openPapers = remember((codebase: Codebase) =>
  makeCorpus(codebase, (file) => papers.has(file.role) && !isCode(file)),
);

function makeCorpus(codebase: Codebase, isWanted: (file: SourceFile) => boolean): Corpus {
  const files = codebase.files.filter((file) => isWanted(file) && file.windows.length > 0);
  const windows = tableWindows(files);
  const lengths = new Float64Array(files.length);
  let words = 0;
  for (const [window, place] of windows.files.entries()) {
    const length = windows.lengths[window] ?? 0;
    lengths[place] = (lengths[place] ?? 0) + length;
    words += length;
  }
  const paths = files.map(({ path }) => path);
  return {
    codebase,
    files,
    places: new Map(paths.map((path, place) => [path, place])),
    tests: Uint8Array.from(files, ({ role }) => (role === "test" ? 1 : 0)),
    lengths,
    windows,
    meanFile: words / Math.max(1, files.length),
    meanWindow: words / Math.max(1, windows.files.length),
    paths: openPaths(paths, openSplitter(codebase)),
  };
}

function tableWindows(files: readonly SourceFile[]): WindowTable {
  const starts = new Int32Array(files.length + 1);
  for (let place = 0; place < files.length; place++)
    starts[place + 1] = (starts[place] ?? 0) + (files[place]?.windows.length ?? 0);
  const all = starts[files.length] ?? 0;
  const table = { lengths: new Float64Array(all), files: new Int32Array(all), starts };
  let number = 0;
  for (let place = 0; place < files.length; place++) {
    for (const { length } of files[place]?.windows ?? []) {
      table.lengths[number] = length;
      table.files[number++] = place;
    }
  }
  return table;
}

export const emptySignal = (corpus: Corpus): Signal => new Float64Array(corpus.files.length);

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** `src/http/retry.test.ts` → `retry.test`. */
export const baseOf = (path: string): string =>
  path.slice(path.lastIndexOf("/") + 1).replace(/(?<=.)\.[^.]+$/, "");
