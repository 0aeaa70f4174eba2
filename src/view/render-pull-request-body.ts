import { renderCodeSpan } from "../documents/code-span.ts";
import { documentsOf } from "../documents/name-in-ledger.ts";
import { parseBuildSpec } from "../documents/parse-build-spec.ts";
import { parseDesign } from "../documents/parse-design.ts";
import { parseProjectContext } from "../documents/parse-project-context.ts";
import { parseReviewReport } from "../documents/parse-review-report.ts";
import type { BuildSpec } from "../documents/schema-build-spec.ts";
import { type ReviewReport, radiusHeading } from "../documents/schema-review-report.ts";
import type { BuildSummary, SpecState } from "../workflow/state.ts";
import { findPlannedSpec } from "./find-planned-spec.ts";
import { inert, inertLine } from "./inert.ts";
import type { ViewFacts } from "./render-comments.ts";
import { renderCost } from "./render-cost.ts";
import { renderFileComparison } from "./render-file-comparison.ts";
import { renderEvidence, verdictMarks } from "./render-review.ts";

const section = (title: string, body: string): string => (body ? `### ${title}\n\n${body}` : "");

/** A paragraph says what matters; the rest stands in the documents. */
const firstParagraph = (text: string): string => inert(text.trim().split(/\n\s*\n/)[0] ?? "");

/** A criterion with what decided it; without a review it is as the plan says it, and nothing is ticked. */
function checklist(spec: BuildSpec | null, report: ReviewReport | null): string {
  if (report) {
    const lines = report.criteria.map((each) => {
      const box = each.verdict === "met" ? "[x]" : "[ ]";
      const shown = renderEvidence(each);
      const text = `${each.id} (${each.level}) ${inertLine(each.text)}`;
      return `- ${box} ${text} · ${verdictMarks[each.verdict]} ${each.verdict}${shown ? ` · ${shown}` : ""}`;
    });
    return [...lines, "", `As reviewed at \`${report.head.slice(0, 7)}\`.`].join("\n");
  }
  return (spec?.acceptance ?? [])
    .map((each) => `- [ ] ${each.id} (${each.level}) ${inertLine(each.text)}`)
    .join("\n");
}

function deviations(documents: Readonly<Record<string, string>>, spec: string): string {
  const context = parseProjectContext(documents["context.md"] ?? "");
  const all = context.ok ? context.value.deviations : [];
  return all
    .filter((each) => each.spec === spec)
    .map((each) => {
      const paths = each.paths.map(renderCodeSpan).join(", ");
      const why = `${inertLine(each.why)}${paths ? ` (${paths})` : ""}`;
      return `- ${each.step}: ${inertLine(each.what)}\n  - why: ${why}`;
    })
    .join("\n");
}

/** What the plan was predicted to reach against what the change touched, as the review found it. */
const reach = (report: ReviewReport | null): string =>
  report?.extraSections.find(({ heading }) => heading === radiusHeading)?.body ?? "";

/** Commands that the review ran, and what the plan wants to see. */
function tryIt(spec: BuildSpec | null, report: ReviewReport | null, branch: string): string {
  const commands = [...new Set((report?.checkpoints ?? []).map(({ command }) => command))];
  const lines = [`git fetch origin ${branch}`, `git switch ${branch}`, ...commands];
  // A command may hold a fence of its own; then it is left out rather than shown as something else.
  const shown = lines.filter((line) => !line.includes("```"));
  const scenarios = (spec?.tests ?? [])
    .slice(0, 5)
    .map((test) => `- ${inertLine(test.scenario)}: ${inertLine(test.expected)}`);
  return [["```sh", ...shown, "```"].join("\n"), scenarios.join("\n")].filter(Boolean).join("\n\n");
}

/** GitHub closes the issue when this is merged: right only where no other part of the plan is still open. */
function reference({ issue, state }: ViewFacts, spec: string): string {
  const planned = state.plan?.specs ?? [];
  if (planned.every(({ id }) => id !== spec)) return `Part of #${issue}`;
  const others = planned.filter(({ id }) => id !== spec && state.specs[id]?.result !== "merged");
  return others.length === 0 ? `Closes #${issue}` : `Part of #${issue}`;
}

/** Says at the top when the branch is not what the plan asks for any more. */
function outdated({ build }: SpecState, dropped: boolean): string {
  if (dropped) {
    return "**The plan no longer has this part.** Close this pull request, or finish it by hand.";
  }
  const said = "**The plan has changed since this was built.** It is built anew once";
  return build ? "" : `${said} the new plan is approved.`;
}

/** What a reviewer reads first: what it does and why, how each criterion stands, what differs from the plan, how to try it. */
export function renderPullRequestBody(
  facts: ViewFacts,
  spec: SpecState,
  build: BuildSummary,
): string {
  const own = documentsOf(facts.documents, facts.state.selected);
  const planned = findPlannedSpec(facts, spec.id);
  const written = parseBuildSpec(own[planned.spec?.document ?? ""] ?? "");
  const design = parseDesign(own["design.md"] ?? "");
  const last = spec.reviews.findLast(({ head }) => head === build.head) ?? spec.reviews.at(-1);
  const parsed = last && spec.build ? parseReviewReport(own[last.report] ?? "") : null;
  const document = written.ok ? written.value : null;
  const report = parsed?.ok ? parsed.value : null;
  const parts = [
    outdated(spec, planned.dropped),
    document ? firstParagraph(document.objective) : "",
    design.ok ? `**Why**: ${firstParagraph(design.value.summary)}` : "",
    section("Acceptance", checklist(document, report)),
    section("Deviations from the plan", deviations(own, spec.id)),
    section("Files", document && report ? renderFileComparison(document, report) : ""),
    section("Predicted and real reach", reach(report)),
    section("Try it", tryIt(document, report, build.branch)),
  ];
  const plan = facts.state.plan?.hash.slice(0, 7) ?? "none";
  const trail = `refs/archwright/issues/${facts.issue}`;
  const foot = `<sub>${spec.id} of plan \`${plan}\` · ${renderCost(facts, spec.id)} · audit trail \`${trail}\`</sub>`;
  // Inert as a whole, but for our own word about the issue.
  return [inert(parts.filter(Boolean).join("\n\n")), reference(facts, spec.id), foot]
    .filter(Boolean)
    .join("\n\n");
}
