import type { Codebase } from "../codebase.ts";
import { listTerms, type TermLists } from "./list-terms.ts";
import { type Corpus, openCorpus } from "./open-corpus.ts";
import { remember } from "./remember.ts";
import { openSplitter } from "./split-names.ts";

/** A commit of the past by the places of the files that are still there. */
export type PastChange = {
  subject: string;
  /** Commits that came after it. */
  age: number;
  places: readonly number[];
  /** Files that it changed in all. */
  size: number;
};

export type Past = {
  /** Newest first. */
  changes: readonly PastChange[];
  /** Places in `changes` by file. */
  ofFile: readonly (readonly number[])[];
  /** Terms of each subject. */
  subjects: TermLists;
};

/** A commit of more files says little of any of them: a rename, a licence line, a formatter. */
export const LARGEST_CHANGE = 40;

/** What the past says of the files of a codebase, made once. */
export const openPast = remember((codebase: Codebase) => makePast(openCorpus(codebase)));

function makePast({ codebase, files, places }: Corpus): Past {
  const { commits } = codebase.history;
  const changes: PastChange[] = [];
  // The oldest one brings in what was there before: the first commit of all, or where a shallow clone begins.
  for (let age = 0; age < commits.length - 1; age++) {
    const { subject, paths } = commits[age] ?? { subject: "", paths: [] };
    if (paths.length > LARGEST_CHANGE) continue;
    const there: number[] = [];
    for (const path of paths) {
      const place = places.get(path);
      if (place !== undefined) there.push(place);
    }
    if (there.length > 0) changes.push({ subject, age, places: there, size: paths.length });
  }
  const ofFile: number[][] = files.map(() => []);
  for (let index = 0; index < changes.length; index++)
    for (const place of changes[index]?.places ?? []) ofFile[place]?.push(index);
  const subjects = listTerms(
    changes.map(({ subject }) => withoutNumbers(subject)),
    openSplitter(codebase),
  );
  return { changes, ofFile, subjects };
}

/** Numbers of issues and pull requests tell nothing of what was changed. */
const withoutNumbers = (subject: string): string => subject.replace(/\(?#\d+\)?/g, "");
