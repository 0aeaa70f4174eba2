import { blankComments } from "./blank-comments.ts";
import { isTestFile } from "./is-test-file.ts";
import { findTestLanguage } from "./test-language.ts";

/** A changed file before and after; null where it does not exist. A renamed file keeps both texts, under its new path. */
export type ChangedText = { path: string; before: string | null; after: string | null };

export type WeakenedTest = {
  path: string;
  kind:
    | "deleted"
    | "fewer-cases"
    | "fewer-assertions"
    | "skipped"
    | "only"
    | "trivial"
    | "loosened"
    | "neutralised";
  detail: string;
};

type Counts = {
  cases: number;
  titles: readonly string[];
  assertions: number;
  skipped: number;
  only: number;
  trivial: number;
  loose: number;
  strict: number;
};

const NOTHING: Counts = {
  cases: 0,
  titles: [],
  assertions: 0,
  skipped: 0,
  only: 0,
  trivial: 0,
  loose: 0,
  strict: 0,
};

type Counted = { path: string; before: Counts; after: Counts; deleted: boolean; created: boolean };

/**
 * Ways in which a change makes existing tests weaker, by counting over their source: a deleted file, fewer cases or assertions,
 * marks that skip or single out, assertions that always hold, loose matchers in the place of strict ones. Cases that moved
 * to another changed test file under the same title are no loss. Paths in `allowed` (the approved spec deletes them) are left out.
 */
export function findWeakenedTests(
  changes: readonly ChangedText[],
  allowed: ReadonlySet<string> = new Set(),
): WeakenedTest[] {
  const tests = changes
    .filter(({ path }) => !allowed.has(path) && (isTestFile(path) || path.endsWith(".rs")))
    .map(
      (change): Counted => ({
        path: change.path,
        before: count(change.path, change.before),
        after: count(change.path, change.after),
        deleted: change.after === null,
        created: change.before === null,
      }),
    );
  const losses = tests.flatMap((test) => findLosses(test, movedCases(test, tests)));
  return [...losses, ...tests.flatMap(findMarks)];
}

const occurrences = (text: string, pattern: RegExp | null): number =>
  pattern === null ? 0 : [...text.matchAll(pattern)].length;

function count(path: string, text: string | null): Counts {
  if (text === null) return NOTHING;
  const language = findTestLanguage(path);
  const code = blankComments(path, text, "empty");
  const withStrings = blankComments(path, text, "keep");
  return {
    cases: occurrences(code, language.cases),
    titles: [...withStrings.matchAll(language.titles)].map((match) => match[2] ?? match[4] ?? ""),
    assertions: occurrences(code, language.assertions),
    skipped: occurrences(code, language.skipped),
    only: occurrences(code, language.only),
    trivial: occurrences(withStrings, language.trivial),
    loose: occurrences(code, language.loose),
    strict: occurrences(code, language.strict),
  };
}

/** Cases of this file that now stand, under the same title, in another file that did not have them before. */
function movedCases(test: Counted, tests: readonly Counted[]): number {
  const others = tests.filter((other) => other !== test);
  const gone = test.before.titles.filter((title) => !test.after.titles.includes(title));
  return gone.filter((title) =>
    others.some(
      ({ before, after }) => after.titles.includes(title) && !before.titles.includes(title),
    ),
  ).length;
}

function findLosses({ path, before, after, deleted }: Counted, moved: number): WeakenedTest[] {
  const lost = before.cases - after.cases - moved;
  if (deleted) {
    if (lost <= 0) return [];
    return [{ path, kind: "deleted", detail: `${path} was deleted with ${lost} test cases` }];
  }
  if (lost > 0) {
    const detail = `${path} has ${after.cases} test cases, it had ${before.cases}`;
    return [{ path, kind: "fewer-cases", detail }];
  }
  // Assertions leave with the cases that moved; how many cannot be told, so only files without moves are held to them.
  if (moved > 0 || after.assertions >= before.assertions) return [];
  const detail = `${path} has ${after.assertions} assertions, it had ${before.assertions}`;
  return [{ path, kind: "fewer-assertions", detail }];
}

function findMarks({ path, before, after, created }: Counted): WeakenedTest[] {
  const found: WeakenedTest[] = [];
  const rose = (kind: "skipped" | "only" | "trivial", what: string) => {
    if (after[kind] <= before[kind]) return;
    found.push({ path, kind, detail: `${path}: ${after[kind] - before[kind]} ${what}` });
  };
  rose("only", "marks that keep other tests from running");
  if (created) return found;
  rose("skipped", "tests newly skipped");
  rose("trivial", "new assertions that hold whatever the code does");
  if (after.loose > before.loose && after.strict < before.strict) {
    found.push({ path, kind: "loosened", detail: `${path}: strict assertions became loose ones` });
  }
  return found;
}
