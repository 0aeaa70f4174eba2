import type { Codebase } from "../codebase.ts";
import { queryTerms } from "../index/split-terms.ts";
import { type Corpus, openCorpus } from "./open-corpus.ts";

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
  subjects(): readonly ReadonlyMap<number, number>[];
};

const known = new WeakMap<Codebase, Past>();

/** A commit of more files says little of any of them: a rename, a licence line, a formatter. */
export const LARGEST_CHANGE = 40;

/** What the past says of the files of a codebase, made once. */
export function openPast(codebase: Codebase): Past {
  const before = known.get(codebase);
  if (before !== undefined) return before;
  const past = makePast(openCorpus(codebase));
  known.set(codebase, past);
  return past;
}

function makePast({ codebase, files, places }: Corpus): Past {
  const changes: PastChange[] = [];
  // The oldest one brings in what was there before: the first commit of all, or where a shallow clone begins.
  for (const [age, { subject, paths }] of codebase.history.commits.slice(0, -1).entries()) {
    if (paths.length > LARGEST_CHANGE) continue;
    const there = paths.flatMap((path) => places.get(path) ?? []);
    if (there.length > 0) changes.push({ subject, age, places: there, size: paths.length });
  }
  const ofFile: number[][] = files.map(() => []);
  for (const [index, change] of changes.entries())
    for (const place of change.places) ofFile[place]?.push(index);
  let subjects: readonly ReadonlyMap<number, number>[] | null = null;
  return {
    changes,
    ofFile,
    subjects: () => {
      subjects ??= changes.map(({ subject }) => termsOfSubject(subject));
      return subjects;
    },
  };
}

/** Numbers of issues and pull requests tell nothing of what was changed. */
const termsOfSubject = (subject: string): ReadonlyMap<number, number> =>
  new Map(queryTerms(subject.replace(/\(?#\d+\)?/g, "")).map(({ hash, count }) => [hash, count]));
