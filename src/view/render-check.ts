import { documentsOf } from "../documents/name-in-ledger.ts";
import { parseReviewReport } from "../documents/parse-review-report.ts";
import type { ReviewReport } from "../documents/schema-review-report.ts";
import type { ViewCheck } from "../forge/port.ts";
import type { Lease } from "../workflow/phase.ts";
import type { BuildSummary, ReviewSummary, SpecState } from "../workflow/state.ts";
import { inert } from "./inert.ts";
import { renderAnchors } from "./render-anchors.ts";
import type { ViewFacts } from "./render-comments.ts";
import { renderArithmetic, renderCriteria, renderVerdict } from "./render-review.ts";

type Said = Pick<ViewCheck, "state" | "title">;

const waitWords: Partial<Record<ViewFacts["state"]["status"], string>> = {
  cancelled: "cancelled before this head was reviewed",
  paused: "paused before this head was reviewed",
};

function troubleOf({ state }: ViewFacts, spec: SpecState): string | null {
  const trouble = Object.entries(state.troubles).find(
    ([key]) => key === `review/${spec.id}/${state.selected}`,
  );
  return trouble ? `the review ended: ${trouble[1].reason.replaceAll("-", " ")}` : null;
}

/** Nothing says yet what this head is worth; where nothing will by itself, the check must not wait for ever. */
function unreviewed(facts: ViewFacts, spec: SpecState): Said {
  const ended = waitWords[facts.state.status] ?? troubleOf(facts, spec);
  if (ended) return { state: "failure", title: ended };
  const waits =
    spec.fixing || spec.build === null ? "a new build is to come" : "waits for a review";
  return { state: "pending", title: waits };
}

function scored(facts: ViewFacts, review: ReviewSummary): Said {
  const { threshold } = facts.policy.review;
  if (review.accepted) return { state: "success", title: `${review.score} of 100, accepted` };
  const title = `${review.score} of 100, changes requested (passes at ${threshold})`;
  return { state: "failure", title };
}

/** A head that was found wanting stays so while it is mended: its status is never looked at again once there is a new one. */
function running(lease: Lease, review: ReviewSummary | null): Said {
  const fixing = lease.round > 0 && lease.phase === "build";
  const what = `${fixing ? `fix round ${lease.round}` : lease.phase} is running`;
  if (fixing && review && !review.accepted) {
    return { state: "failure", title: `${review.score} of 100, changes requested; ${what}` };
  }
  return { state: "pending", title: what };
}

function judge(facts: ViewFacts, spec: SpecState, build: BuildSummary): Said {
  const lease = facts.state.leases.find(
    (live) => live.spec === spec.id && (live.phase === "build" || live.phase === "review"),
  );
  const review = spec.build && spec.reviews.findLast(({ head }) => head === build.head);
  if (lease) return running(lease, review ?? null);
  if (!review) return unreviewed(facts, spec);
  if (spec.result === "exhausted") {
    return { state: "failure", title: `${review.score} of 100, no fix round is left` };
  }
  // What a person asked for after a good score has not been answered yet.
  if (review.accepted && spec.fixing) return unreviewed(facts, spec);
  return scored(facts, review);
}

const summarize = (report: ReviewReport, maxRounds: number): string =>
  inert(
    [renderVerdict(report, maxRounds), renderCriteria(report), renderArithmetic(report)].join(
      "\n\n",
    ),
  );

/** What the status of a head says: pending while work on it lives or is to come, then what its review came to. */
export function renderCheck(facts: ViewFacts, spec: SpecState, build: BuildSummary): ViewCheck {
  const said = judge(facts, spec, build);
  const last = spec.reviews.findLast(({ head }) => head === build.head);
  const own = documentsOf(facts.documents, facts.state.selected);
  const parsed = last ? parseReviewReport(own[last.report] ?? "") : null;
  const report = parsed?.ok ? parsed.value : null;
  return {
    head: build.head,
    state: said.state,
    title: said.title.slice(0, 140),
    summary: report ? summarize(report, facts.policy.review.maxRounds) : said.title,
    annotations: report ? renderAnchors(report) : [],
  };
}
