import type { Breach } from "../../constraints/constraint.ts";
import { type CommandOutcome, passed } from "../../workspace/port.ts";
import { describeEnding } from "../describe-outcome.ts";
import { findUndeclared } from "../find-undeclared.ts";
import type { ReviewFacts } from "./facts.ts";
import { findNeutralisedRunners } from "./find-neutralised-runners.ts";
import { findWeakenedTests } from "./find-weakened-tests.ts";
import { keepBreaches } from "./keep-breaches.ts";
import { type ReviewedFile, toChangedTexts } from "./read-changes.ts";
import type { ScoreInput } from "./score-review.ts";

export type ProgramGate = ScoreInput["gates"][number];

export type GateFacts = {
  files: readonly ReviewedFile[];
  /** Path and reason of each changed file that nobody read. */
  unread: readonly { path: string; why: string }[];
  /** Results of set-up and checkpoints only. */
  checkpoints: readonly CommandOutcome[];
  /** Constraints that the change breaks, and where. */
  breaches?: readonly Breach[];
  /** Commands that pass only because the change altered how they are run, a sentence each. */
  bypassed?: readonly string[];
};

/**
 * What the program alone sees, whatever the reviewer says: red checkpoints, weakened tests, files outside the spec's scope, files
 * that were not read, constraints that are broken. A path or constraint that a person dismissed is let through; a weakened test and a red
 * checkpoint are not.
 */
export function findGates(
  facts: Pick<ReviewFacts, "spec" | "deviations" | "dismissed">,
  { files, unread, checkpoints, bypassed = [], breaches = [] }: GateFacts,
): ProgramGate[] {
  const dismissed = new Set(facts.dismissed.map(({ finding }) => finding.trim()));
  const red = checkpoints
    .filter((outcome) => !passed(outcome))
    .map((outcome) => `${outcome.name} ${describeEnding(outcome)}`);
  const deletions = facts.spec.files.filter(({ action }) => action === "delete");
  const allowed = new Set(deletions.map(({ path }) => path));
  const texts = toChangedTexts(files);
  const weaker = [...findWeakenedTests(texts, allowed), ...findNeutralisedRunners(texts)];
  const weakened = [...weaker.map(({ detail }) => detail), ...bypassed];
  const changed = files.flatMap(({ path, from }) => (from === null ? [path] : [from, path]));
  const outside = findUndeclared([...new Set(changed)], facts.spec, facts.deviations);
  const notRead = unread.filter(({ path }) => !dismissed.has(path));
  const gates: ProgramGate[] = [
    { gate: "red-checkpoint", detail: red.join(", ") },
    { gate: "weakened-test", detail: weakened.join(", ") },
    {
      gate: "out-of-scope-file",
      detail: outside.filter((path) => !dismissed.has(path)).join(", "),
    },
    { gate: "broken-constraint", detail: describeBreaches(keepBreaches(breaches, dismissed)) },
    { gate: "unread-file", detail: notRead.map(({ path, why }) => `${path}: ${why}`).join(", ") },
  ];
  return gates.filter(({ detail }) => detail !== "");
}

/** A spec's own constraints are its author's words for the builder; only the repository's hold without exception. */
const describeBreaches = (breaches: readonly Breach[]): string =>
  breaches
    .filter(({ constraint }) => !/^BUILD_\d+\.md$/.test(constraint.path))
    .map(({ constraint, path, line, why }) => `${constraint.id}: ${path}:${line} ${why}`)
    .join(", ");
