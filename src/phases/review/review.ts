import type { Excerpt } from "../../codebase/repository-facts.ts";
import type { Breach } from "../../constraints/constraint.ts";
import { documentNames } from "../../documents/name-document.ts";
import { renderReviewReport } from "../../documents/render-review-report.ts";
import type { CriterionVerdict, ReviewReport } from "../../documents/schema-review-report.ts";
import { Stop } from "../../shared/stop.ts";
import { type CommandOutcome, passed } from "../../workspace/port.ts";
import type { PhaseResult, PhaseTools } from "../phase.ts";
import { askReviewer, type Material } from "./ask-reviewer.ts";
import { compareRadius, type Foresight } from "./compare-radius.ts";
import { composeFindings } from "./compose-findings.ts";
import type { ReviewFacts } from "./facts.ts";
import { findGates } from "./find-gates.ts";
import { judgeCriteria } from "./judge-criteria.ts";
import { planParts } from "./plan-parts.ts";
import { type ReviewedFile, readChanges } from "./read-changes.ts";
import type { ReviewReply } from "./review-reply.ts";
import { checkpointNames } from "./run-at-head.ts";
import { runChecks } from "./run-checks.ts";
import { type Score, scoreReview } from "./score-review.ts";

/** What the program found and the reviewer said, before it becomes a report. */
type Reviewed = {
  files: readonly ReviewedFile[];
  unread: readonly { path: string; why: string }[];
  outcomes: readonly CommandOutcome[];
  bypassed: readonly string[];
  reply: ReviewReply;
  criteria: readonly CriterionVerdict[];
  foresight: Foresight;
  breaches: readonly Breach[];
};

/**
 * Reviews what was built at `head`: runs the commands in clean checkouts, lets the reviewer read every changed file, confirms each
 * proof, and scores by arithmetic. A failure is an outcome; only bugs throw.
 */
export async function review(facts: ReviewFacts, tools: PhaseTools): Promise<PhaseResult> {
  try {
    return report(facts, await examine(facts, tools), await listPaths(facts));
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const { failure } = error;
    const outcome = {
      kind: "failed" as const,
      reason: failure.reason,
      failure,
      step: null,
      work: null,
    };
    return { outcome, documents: {} };
  }
}

const STEPS = ["run the commands in a clean checkout", "read the change", "confirm the evidence"];

async function examine(facts: ReviewFacts, tools: PhaseTools): Promise<Reviewed> {
  const begin = (index: number) =>
    tools.progress({ kind: "step", index, of: STEPS.length, title: STEPS[index - 1] ?? "" });
  begin(1);
  const files = await readChanges(facts);
  const readable = files.filter(({ unread }) => unread === null);
  const { parts, tooLarge } = planParts(readable, facts.limits.chunkTokens);
  const unread = [
    ...files.flatMap(({ path, unread: why }) => (why === null ? [] : [{ path, why }])),
    ...tooLarge.map((path) => ({ path, why: "it is too large for one call of the reviewer" })),
  ];
  const { results, bypassed } = await runChecks(facts, tools, files);
  const related = await findNeighbours(facts, files);
  const material: Material = { all: files, results, related, parts };
  begin(2);
  const reply = await askReviewer(facts, tools, material);
  begin(3);
  const criteria = await judgeCriteria(facts, tools, material, reply.criteria);
  const foresight = await facts.foresee();
  const breaches = await facts.findBreaches();
  return { files, unread, outcomes: results, bypassed, reply, criteria, foresight, breaches };
}

/** Beside the change itself, so that a second way of doing a thing is seen as one. */
const relatedTokens = 6_000;

function findNeighbours(
  { spec, related }: ReviewFacts,
  files: readonly ReviewedFile[],
): Promise<Excerpt[]> {
  const changed = files.map(({ path }) => path);
  const words = [spec.title, spec.objective, ...changed].join("\n");
  return related(words, { tokens: relatedTokens, except: new Set(changed) });
}

const listPaths = async ({ workspace, head }: ReviewFacts): Promise<Set<string>> =>
  new Set((await workspace.snapshot(head).list()).map(({ path }) => path));

function report(facts: ReviewFacts, reviewed: Reviewed, paths: ReadonlySet<string>): PhaseResult {
  const { outcomes, criteria, reply } = reviewed;
  const dismissed = new Set(facts.dismissed.map(({ finding }) => finding.trim()));
  const names = checkpointNames(facts);
  const checkpoints = outcomes.filter(({ name }) => names.has(name) || name === "setup");
  const score = scoreReview({
    criteria,
    waived: dismissed,
    levels: Object.fromEntries(reply.rubric.map(({ name, ...given }) => [name, given])),
    weights: facts.weights,
    threshold: facts.threshold,
    gates: findGates(facts, { ...reviewed, checkpoints }),
  });
  const findings = composeFindings({
    files: reviewed.files,
    claimed: reply.findings,
    criteria,
    gates: score.gates,
    outcomes: checkpoints,
    breaches: reviewed.breaches,
    dismissed,
    exists: (path) => paths.has(path),
  });
  const name = documentNames.review(facts.spec.id, facts.reviews + 1);
  return {
    outcome: {
      kind: "scored",
      head: facts.head,
      score: score.score,
      threshold: facts.threshold,
      accepted: score.accepted,
      report: name,
      gates: score.gates.map(({ gate }) => gate),
      findings: findings.length,
    },
    documents: { [name]: renderReviewReport(composeReport(facts, reviewed, score, findings)) },
  };
}

function composeReport(
  facts: ReviewFacts,
  { files, unread, outcomes, reply, criteria, foresight }: Reviewed,
  { accepted, ...score }: Score,
  findings: ReviewReport["findings"],
): ReviewReport {
  const { spec, attempt, round, base, head, threshold } = facts;
  const unreadPaths = unread.map(({ path }) => path);
  return {
    ...score,
    spec: spec.id,
    attempt,
    round,
    base,
    head,
    threshold,
    verdict: accepted ? "accepted" : "changes-requested",
    summary: composeSummary(unread, outcomes, reply.summary),
    criteria: criteria.map((each) => markWaived(each, facts.dismissed)),
    findings,
    checkpoints: outcomes.map((outcome) => ({
      name: outcome.name,
      command: outcome.command,
      passed: passed(outcome),
      seconds: outcome.seconds,
    })),
    filesRead: files.map(({ path }) => path).filter((path) => !unreadPaths.includes(path)),
    filesUnread: [...unreadPaths],
    extraSections: compareRadius(facts, foresight, files),
  };
}

/** What limits the review comes before what it says. */
function composeSummary(
  unread: Reviewed["unread"],
  outcomes: readonly CommandOutcome[],
  summary: string,
): string {
  const list = unread.map(({ path, why }) => `\`${path}\` (${why})`).join(", ");
  return [
    unread.length > 0 && `Partial review: not all changed files could be read: ${list}.`,
    outcomes.length === 0 && "No command is configured, so nothing was compiled or tested.",
    summary.trim() || "The reviewer gave no summary.",
  ]
    .filter(Boolean)
    .join("\n\n");
}

function markWaived(
  verdict: CriterionVerdict,
  dismissed: ReviewFacts["dismissed"],
): CriterionVerdict {
  const waiver = dismissed.find(({ finding }) => finding.trim() === verdict.id);
  if (!waiver) return verdict;
  return { ...verdict, note: `waived, not counted: ${waiver.why}. ${verdict.note}`.trim() };
}
