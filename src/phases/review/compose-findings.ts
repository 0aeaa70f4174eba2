import type { Breach } from "../../constraints/constraint.ts";
import type {
  CriterionVerdict,
  Gate,
  ReviewFinding,
} from "../../documents/schema-review-report.ts";
import { describeRemoved, stripHiddenCharacters } from "../../shared/hidden-text.ts";
import { type CommandOutcome, passed } from "../../workspace/port.ts";
import { describeEnding, excerptOutput } from "../describe-outcome.ts";
import { keepBreaches } from "./keep-breaches.ts";
import type { ReviewedFile } from "./read-changes.ts";
import type { ReviewReply } from "./review-reply.ts";

type Draft = Omit<ReviewFinding, "id">;

/** Characters of a red command's output in a finding: the fix round repairs by it. */
const OUTPUT_LIMIT = 4000;

const SEVERITY: Readonly<Record<Gate["gate"], ReviewFinding["severity"]>> = {
  "red-checkpoint": "critical",
  "weakened-test": "critical",
  "out-of-scope-file": "major",
  "broken-constraint": "major",
  "unread-file": "major",
  "must-not-met": "major",
};
const TITLES: Readonly<Record<Gate["gate"], string>> = {
  "red-checkpoint": "A checkpoint is red",
  "weakened-test": "Tests were weakened",
  "out-of-scope-file": "Files outside the spec were changed without a recorded deviation",
  "broken-constraint": "A constraint of the repository is broken",
  "unread-file": "Files could not be read",
  "must-not-met": "A must criterion is not met",
};

export type FindingFacts = {
  files: readonly Pick<ReviewedFile, "path" | "before" | "after">[];
  claimed: ReviewReply["findings"];
  criteria: readonly CriterionVerdict[];
  gates: readonly Gate[];
  outcomes: readonly CommandOutcome[];
  /** Constraints that the change breaks, and where. */
  breaches: readonly Breach[];
  /** Criteria, titles and ids that a person waived. */
  dismissed: ReadonlySet<string>;
  /** Whether a path exists at the head: a finding elsewhere keeps its words and loses its place. */
  exists: (path: string) => boolean;
};

/** What is to be repaired, the program's own findings first. Every criterion that is not met is among them. */
export function composeFindings(facts: FindingFacts): ReviewFinding[] {
  const { dismissed, claimed } = facts;
  const kept = claimed.filter(
    ({ title, criterion }) => !dismissed.has(title.trim()) && !dismissed.has(criterion ?? ""),
  );
  const drafts = [
    ...findingsOfGates(facts),
    ...findingsOfBreaches(facts),
    ...findingsOfHidden(facts),
    ...kept.map((each) => place(each, facts)),
    ...findingsOfCriteria(facts, kept),
  ];
  const keys = drafts.map(({ path, line, title }) => `${path}:${line}:${title}`);
  return drafts
    .filter((_, index) => keys.indexOf(keys[index] ?? "") === index)
    .map((draft, index) => ({ id: `F-${index + 1}`, ...draft }));
}

function findingsOfGates({ gates, outcomes }: FindingFacts): Draft[] {
  return gates
    .filter(({ gate }) => gate !== "must-not-met" && gate !== "broken-constraint")
    .map(({ gate, detail }) => ({
      severity: SEVERITY[gate],
      path: null,
      line: null,
      title: TITLES[gate],
      detail: gate === "red-checkpoint" ? describeRed(outcomes) : detail,
      criterion: null,
    }));
}

/** What the change breaks of the constraints, each where it does: a fix round repairs by it. */
const findingsOfBreaches = ({ breaches, dismissed }: FindingFacts): Draft[] =>
  keepBreaches(breaches, dismissed).map(({ constraint, path, line, why, quote }) => ({
    severity: SEVERITY["broken-constraint"],
    path,
    line,
    title: `${constraint.id} of ${constraint.path} is broken`,
    detail: [`${constraint.text}`, `It ${why}.`, quote === "" ? "" : codeBlock(quote)]
      .filter(Boolean)
      .join("\n\n"),
    criterion: null,
  }));

/** Characters that people do not see can carry words for a model, or make code read other than it runs. */
function findingsOfHidden({ files }: FindingFacts): Draft[] {
  return files.flatMap(({ path, before, after }): Draft[] => {
    const removed = describeRemoved(stripHiddenCharacters(after ?? "").removed);
    if (
      removed === "" ||
      removed === describeRemoved(stripHiddenCharacters(before ?? "").removed)
    ) {
      return [];
    }
    const title = "Invisible characters";
    const detail = `The file holds characters that nobody sees: ${removed}. Remove them, or write them as escapes.`;
    return [{ severity: "major", path, line: null, title, detail, criterion: null }];
  });
}

const describeRed = (outcomes: readonly CommandOutcome[]): string =>
  outcomes
    .filter((outcome) => !passed(outcome))
    .map((outcome) => {
      const output = excerptOutput(outcome, OUTPUT_LIMIT);
      return `\`${outcome.name}\` ${describeEnding(outcome)}.\n\n${codeBlock(output)}`;
    })
    .join("\n\n");

/** A fence longer than any that the text holds. */
function codeBlock(text: string): string {
  const longest = [...text.matchAll(/`{3,}/g)].reduce(
    (most, [run]) => Math.max(most, run.length),
    2,
  );
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

const place = (finding: Draft, { exists }: FindingFacts): Draft => {
  const there = finding.path !== null && exists(finding.path);
  const line = there && finding.line !== null && finding.line > 0 ? finding.line : null;
  const { severity, title, detail, criterion } = finding;
  return { severity, title, detail, criterion, path: there ? finding.path : null, line };
};

function findingsOfCriteria(
  { criteria, dismissed }: FindingFacts,
  kept: readonly Draft[],
): Draft[] {
  return criteria
    .filter(({ id, verdict }) => verdict !== "met" && !dismissed.has(id))
    .filter(({ id }) => !kept.some(({ criterion }) => criterion === id))
    .map(({ id, level, text, verdict, note, proofs }) => ({
      severity: level === "must" ? "major" : "minor",
      path: null,
      line: null,
      title: `${id} is ${verdict}`,
      detail: [text, note, ...proofs.map((proof) => proof.note)].filter(Boolean).join("\n\n"),
      criterion: id,
    }));
}
