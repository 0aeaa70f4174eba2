import { documentNames } from "../documents/name-document.ts";
import { parseBuildSpec } from "../documents/parse-build-spec.ts";
import { parseReviewReport } from "../documents/parse-review-report.ts";
import type { ReviewReport } from "../documents/schema-review-report.ts";
import { readDocument } from "../engine/gather-common.ts";
import { documentsOf } from "../engine/name-in-ledger.ts";
import { scoreReview } from "../phases/review/score-review.ts";
import { type Result, succeed } from "../shared/result.ts";
import type { PhaseOutcome } from "../workflow/phase.ts";
import { type HandOverFacts, refuse } from "./hand-over-facts.ts";

type Scored = Extract<PhaseOutcome, { kind: "scored" }>;

/** The sums done again: by the report's verdicts and levels, with the weights and the threshold of the default branch. */
function reckon({ house, feature, lease }: HandOverFacts, report: ReviewReport) {
  const dismissed = feature.state.specs[lease.spec ?? ""]?.dismissed ?? [];
  const own = report.gates.flatMap(({ gate, detail }) =>
    gate === "must-not-met" ? [] : [{ gate, detail }],
  );
  return scoreReview({
    criteria: report.criteria,
    waived: new Set(dismissed.map(({ finding }) => finding.trim())),
    levels: Object.fromEntries(
      report.rubric.map(({ name, level, note }) => [name, { level, note }]),
    ),
    weights: house.config.review.weights,
    threshold: house.policy.review.threshold,
    gates: own,
  });
}

/** Every criterion of the approved spec is judged, at its own level, and no other. */
function judgesTheSpec({ feature, lease }: HandOverFacts, report: ReviewReport): boolean {
  const own = documentsOf(feature.documents, feature.state.selected);
  const spec = readDocument(own, documentNames.spec(lease.spec ?? ""), parseBuildSpec);
  const wanted = spec.acceptance.map(({ id, level }) => `${id} ${level}`).sort();
  const judged = report.criteria.map(({ id, level }) => `${id} ${level}`).sort();
  return wanted.join("\n") === judged.join("\n");
}

/** A score is arithmetic: it is done again from the report, whose head must be the one that was built. */
export function checkScored(facts: HandOverFacts, outcome: Scored): Result<void> {
  const { feature, lease, handOver, house } = facts;
  const state = feature.state.specs[lease.spec ?? ""];
  const name = documentNames.review(lease.spec ?? "", state?.attempts.review ?? 1);
  if (outcome.report !== name) return refuse(`the report must be called ${name}`, outcome.report);
  const other = Object.keys(handOver.documents).find((each) => each !== name);
  if (other !== undefined) return refuse("no such document is expected", other);
  const parsed = parseReviewReport(handOver.documents[name] ?? "");
  if (!parsed.ok) {
    const [first] = parsed.faults;
    return refuse(`line ${first?.line ?? 1}: ${first?.message ?? "it does not parse"}`, name);
  }
  const report = parsed.value;
  const head = state?.build?.head;
  if (report.head !== head || outcome.head !== head)
    return refuse("it is about another head", name);
  if (report.spec !== lease.spec || !judgesTheSpec(facts, report)) {
    return refuse("it does not judge the criteria of the approved spec", name);
  }
  const reckoned = reckon(facts, report);
  const gates = reckoned.gates.map(({ gate }) => gate);
  const same =
    reckoned.score === outcome.score &&
    reckoned.score === report.score &&
    reckoned.accepted === outcome.accepted &&
    (report.verdict === "accepted") === outcome.accepted &&
    outcome.threshold === house.policy.review.threshold &&
    gates.join() === outcome.gates.join() &&
    report.findings.length === outcome.findings;
  return same ? succeed(undefined) : refuse("the score is not what the report's table gives", name);
}
