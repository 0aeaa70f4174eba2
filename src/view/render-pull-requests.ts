import { documentsOf } from "../documents/name-in-ledger.ts";
import { parseReviewReport } from "../documents/parse-review-report.ts";
import type { View, ViewPullRequest, ViewReview } from "../forge/port.ts";
import type { EventOf } from "../workflow/event.ts";
import type { BuildSummary, SpecState } from "../workflow/state.ts";
import { findPlannedSpec } from "./find-planned-spec.ts";
import { inert, inertLine } from "./inert.ts";
import { keyOfReview } from "./key-of.ts";
import { renderAnchors } from "./render-anchors.ts";
import { renderCheck } from "./render-check.ts";
import type { ViewFacts } from "./render-comments.ts";
import { renderPullRequestBody } from "./render-pull-request-body.ts";
import { renderReview } from "./render-review.ts";
import { describeEnding } from "./render-verdict-comments.ts";

/** GitHub's own bound of a title. */
const LONGEST_TITLE = 256;

/** The build whose branch is published: the one in force, else the last one that a revision has made obsolete. */
function findBuild(facts: ViewFacts, spec: SpecState): BuildSummary | null {
  if (spec.build) return spec.build;
  const { events } = facts;
  const last = events.findLast(
    (event) => event.type === "BuildCompleted" && event.spec === spec.id,
  );
  return last?.type === "BuildCompleted" ? last : null;
}

/** Branch of the spec that this one was built on, as long as that one is not merged; null is the default branch. */
function findBase(facts: ViewFacts, spec: SpecState, build: BuildSummary): string | null {
  const needed = facts.state.plan?.specs.find(({ id }) => id === spec.id)?.dependsOn ?? [];
  const below = needed.flatMap((id) => facts.state.specs[id] ?? []);
  const open = below.find((each) => each.result !== "merged" && each.build?.head === build.base);
  return open?.build?.branch ?? null;
}

/** Commands that ran while it was built, each by its last result: a red one makes the pull request a draft. */
function hasRedCheckpoint(facts: ViewFacts, spec: string, attempt: number): boolean {
  const last = new Map<string, boolean>();
  for (const event of facts.events) {
    if (event.type !== "CheckpointRecorded" || event.spec !== spec || event.attempt !== attempt)
      continue;
    last.set(`${event.checkpoint.step} ${event.checkpoint.name}`, event.checkpoint.passed);
  }
  return [...last.values()].includes(false);
}

function review(facts: ViewFacts, event: EventOf<"ReviewScored">): ViewReview {
  const own = documentsOf(facts.documents, facts.state.selected);
  const text = own[event.report] ?? `The report ${event.report} is missing from the ledger.`;
  const parsed = parseReviewReport(text);
  return {
    key: keyOfReview(event),
    head: event.head,
    verdict: event.accepted ? "accepted" : "changes-requested",
    markdown: inert(
      renderReview(text, facts.policy.review.maxRounds, describeEnding(event, facts)),
    ),
    anchors: parsed.ok ? renderAnchors(parsed.value) : [],
  };
}

function pullRequest(facts: ViewFacts, spec: SpecState): ViewPullRequest[] {
  const build = findBuild(facts, spec);
  if (!build) return [];
  const planned = findPlannedSpec(facts, spec.id);
  const reviews = facts.events.filter(
    (event): event is EventOf<"ReviewScored"> =>
      event.type === "ReviewScored" && event.spec === spec.id,
  );
  return [
    {
      spec: spec.id,
      branch: build.branch,
      head: build.head,
      base: findBase(facts, spec, build),
      since: build.base,
      title: inertLine(planned.spec?.title ?? spec.id).slice(0, LONGEST_TITLE) || spec.id,
      body: renderPullRequestBody(facts, spec, build),
      draft:
        spec.build === null || planned.dropped || hasRedCheckpoint(facts, spec.id, build.attempt),
      open: spec.result !== "merged" && spec.result !== "closed",
      reviews: reviews.map((event) => review(facts, event)),
      check: renderCheck(facts, spec, build),
    },
  ];
}

/** One pull request for each spec whose branch has been published, in the order of the plan. */
export const renderPullRequests = (facts: ViewFacts): View["pullRequests"] =>
  Object.values(facts.state.specs).flatMap((spec) => pullRequest(facts, spec));
