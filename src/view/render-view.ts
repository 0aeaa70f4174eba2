import type { View } from "../forge/port.ts";
import type { State } from "../workflow/state.ts";
import { findRun } from "./find-run.ts";
import { renderComments, type ViewFacts } from "./render-comments.ts";
import { renderPullRequests } from "./render-pull-requests.ts";
import { renderStatus } from "./render-status.ts";

function labels(state: State): string[] {
  if (state.status === "cancelled") return ["archwright:cancelled"];
  if (state.status === "completed") return ["archwright:accepted"];
  // Where nothing was requested, or only asked, the issue is not ours to label.
  if (state.status === "absent") return [];
  const phase = state.leases.find((lease) => lease.phase !== "ask")?.phase;
  return [phase ? `archwright:${phase}` : "archwright:waiting"];
}

/** What the forge should show for a feature. Level-triggered: the same ledger always gives the same view. */
export function renderView(facts: ViewFacts): View {
  return {
    issue: facts.issue,
    status: renderStatus(facts.issue, facts.state, facts.events, facts.policy),
    run: findRun(facts),
    comments: renderComments(facts),
    labels: labels(facts.state),
    pullRequests: renderPullRequests(facts),
  };
}

export type { ViewFacts };
