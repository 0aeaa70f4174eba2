import { nameTest } from "../codebase/conventions/name-test.ts";
import { folderOf } from "../codebase/conventions/split-path.ts";
import { splitWords } from "../codebase/split-words.ts";
import type { ReviewReport } from "../documents/schema-review-report.ts";
import type { Claim, ValidationReport } from "../documents/schema-validation-report.ts";
import type { Constraint } from "./constraint.ts";
import { findVagueness } from "./judge-vague.ts";
import { readSentences } from "./read-sentence.ts";

/** A report of a feature, by the name of its document. */
export type FeatureReport = {
  issue: number;
  document: string;
} & ({ validation: ValidationReport } | { review: ReviewReport });

/** A line for the constraints document, for a person to take or leave. */
export type Proposal = {
  line: string;
  /** Reports that found it, in the order of issues. */
  provenance: readonly { issue: number; document: string }[];
  issues: number;
  times: number;
};

/** What happened in one feature alone may be an accident. */
const leastIssues = 2;

type Lesson = { key: string; line: string; issue: number; document: string };

/**
 * What reports of several features found again and again, each as a line that a program or a reviewer could check, with where it comes
 * from; the most frequent first. What the document says already is not proposed, nor what nobody could check.
 */
export function proposeConstraints(
  reports: readonly FeatureReport[],
  existing: readonly Constraint[],
): Proposal[] {
  const lessons = reports.flatMap((report) =>
    "validation" in report ? learnFromValidation(report) : learnFromReview(report),
  );
  return group(lessons)
    .map(describe)
    .filter(({ issues, line }) => issues >= leastIssues && isNew(line, existing))
    .sort(
      (left, right) =>
        right.issues - left.issues ||
        right.times - left.times ||
        (left.line < right.line ? -1 : left.line > right.line ? 1 : 0),
    );
}

/** The line as it would stand in the document. */
export function renderProposal({ line, provenance, times }: Proposal): string {
  const issues = [...new Set(provenance.map(({ issue }) => `#${issue}`))].join(", ");
  return `- ${line} <!-- from ${issues} (${times} times) -->`;
}

type Kind = Claim["kind"];
type Say = (subject: string, path: string) => string | null;

/** What a false claim of a kind teaches: `subject` is what is there instead, `path` where. */
const lines: Readonly<Partial<Record<Kind, Say>>> = {
  "base-class": (subject, path) =>
    `Extend \`${subject}\` from \`${path}\`; no base class beside it.`,
  "twin-symbol": (subject, path) =>
    `Use \`${subject}\` from \`${path}\`; nothing like it is declared again.`,
  "twin-table": (subject, path) =>
    `Store it in the table \`${subject}\` of \`${path}\`; no table beside it.`,
  "twin-module": (_subject, path) =>
    `\`${path}\` is the place for what it does; no module beside it.`,
  "twin-dependency": (subject) =>
    `Use the dependency \`${subject}\`; no other library for the same.`,
  "test-path": sayTests,
  "test-strategy": sayTests,
};

function sayTests(_subject: string, path: string): string | null {
  const naming = nameTest(path);
  const top = path.split("/")[0] ?? "";
  const isTree = /^(?:tests?|specs?|__tests__)$/.test(top);
  if (naming === null) return null;
  if (isTree) return `Tests live in \`${top}/\`, named \`${naming}\`.`;
  return `Tests are named \`${naming}\` and stand as \`${path}\` does.`;
}

function learnFromValidation({
  issue,
  document,
  validation,
}: Extract<FeatureReport, { validation: ValidationReport }>): Lesson[] {
  const claims = validation.claims
    .filter(({ verdict }) => verdict === "false")
    .flatMap(({ kind, note, evidence }) => {
      const subject = /`([^`]+)`/.exec(note)?.[1] ?? "";
      const path = evidence?.path ?? "";
      const line = path === "" || subject === "" ? null : (lines[kind]?.(subject, path) ?? null);
      return line === null ? [] : [{ key: `${kind}\n${line}`, line, issue, document }];
    });
  const findings = validation.findings
    .filter(({ proven }) => proven)
    .flatMap(({ title, suggestion }) => learnFromWords(title, suggestion, { issue, document }));
  return [...claims, ...findings];
}

const learnFromReview = ({
  issue,
  document,
  review,
}: Extract<FeatureReport, { review: ReviewReport }>): Lesson[] =>
  review.findings
    .filter(({ criterion }) => criterion === null)
    .flatMap(({ title, detail, path }) => {
      const place = path === null ? "" : `\n${folderOf(path)}`;
      return learnFromWords(title, detail, { issue, document }).map((lesson) => ({
        ...lesson,
        key: `${lesson.key}${place}`,
      }));
    });

const mostCharacters = 240;

/** A sentence that could be checked, of what a finding says: the advice first, its title otherwise. */
function learnFromWords(
  title: string,
  advice: string,
  from: { issue: number; document: string },
): Lesson[] {
  const key = [...new Set(splitWords(title))].sort().join(" ");
  const candidates = [...advice.split(/(?<=[.!?])\s+|\n+/), title].map((words) => words.trim());
  const line = candidates.find(
    (words) => words !== "" && words.length <= mostCharacters && isCheckable(words),
  );
  return key === "" || line === undefined ? [] : [{ key, line, ...from }];
}

const asConstraint = (text: string): Constraint => ({
  id: "",
  text,
  path: "",
  line: 1,
  heading: null,
  provenance: null,
});

/** It names something, and says what to do about it rather than what was wrong in one place. */
const isCheckable = (words: string): boolean =>
  readSentences(words).some(({ spans }) => spans.length > 0) &&
  findVagueness(asConstraint(words)) === null &&
  !/:\d+|\b(?:line|here|this|that)\b/.test(words);

const leastAlike = 0.6;

/** Lessons of one key; of findings, which people and models word anew each time, also those that share most of their words. */
function group(lessons: readonly Lesson[]): Lesson[][] {
  const groups: { key: string; words: ReadonlySet<string>; lessons: Lesson[] }[] = [];
  for (const lesson of lessons) {
    const words = new Set(lesson.key.split(/\s+/));
    const known =
      groups.find(({ key }) => key === lesson.key) ??
      groups.find(
        (each) => isWorded(lesson.key) && isWorded(each.key) && areAlike(words, each.words),
      );
    if (known) known.lessons.push(lesson);
    else groups.push({ key: lesson.key, words, lessons: [lesson] });
  }
  return groups.map((each) => each.lessons);
}

/** Keys of claims hold the line itself, where another name is another thing. */
const isWorded = (key: string): boolean => !key.includes("`");

function areAlike(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  const shared = [...left].filter((word) => right.has(word)).length;
  return shared / (left.size + right.size - shared) >= leastAlike;
}

function describe(lessons: readonly Lesson[]): Proposal {
  const provenance = lessons
    .map(({ issue, document }) => ({ issue, document }))
    .sort((left, right) => left.issue - right.issue || (left.document < right.document ? -1 : 1));
  const distinct = [
    ...new Map(provenance.map((each) => [`${each.issue} ${each.document}`, each])).values(),
  ];
  // The shortest words are those with the least of one feature in them.
  const [line = ""] = lessons
    .map((lesson) => lesson.line)
    .sort((left, right) => left.length - right.length || (left < right ? -1 : 1));
  return {
    line,
    provenance: distinct,
    issues: new Set(provenance.map(({ issue }) => issue)).size,
    times: lessons.length,
  };
}

/** Not said yet: no constraint names all that the line names. */
function isNew(line: string, existing: readonly Constraint[]): boolean {
  const names = readSentences(line).flatMap(({ spans }) => spans);
  const plain = (name: string): string => name.replace(/[()/*]+$/g, "");
  return !existing.some(
    ({ text }) => names.length > 0 && names.every((name) => text.includes(plain(name))),
  );
}
