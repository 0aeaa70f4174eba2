import type { Feature } from "../engine/load-feature.ts";
import { MICROS_PER_USD } from "../shared/money.ts";
import { buildTimeline } from "../view/build-timeline.ts";
import type { NextStep } from "../workflow/next-step.ts";

/** What `--json` writes: the facts of a feature for scripts. Documented in docs/cli.md. */
export type Summary = {
  issue: number;
  title: string;
  status: string;
  phases: {
    phase: string;
    spec: string | null;
    attempt: number;
    round: number;
    result: string;
    seconds: number | null;
    micros: number | null;
    tokens: number;
    requests: number;
  }[];
  /** Scores in the order of the reviews. */
  scores: number[];
  /** Fix rounds that were begun, all specs together. */
  rounds: number;
  plan: { hash: string; revision: number; base: string } | null;
  specs: {
    id: string;
    result: string;
    branch: string | null;
    head: string | null;
    commits: number;
    score: number | null;
  }[];
  /** Branch of the last spec that was built; null before. */
  branch: string | null;
  repository: string;
  /** Commits on the branches, all specs together. */
  commits: number;
  modelCalls: number;
  cost: { usd: number; micros: number; unknown: boolean; tokens: number };
  next: NextStep;
};

const phaseTimes = (feature: Feature): Summary["phases"] =>
  buildTimeline(feature.events).map((entry) => ({
    phase: entry.phase,
    spec: entry.spec,
    attempt: entry.attempt,
    round: entry.round,
    result: entry.result,
    seconds: entry.endedAt
      ? (Date.parse(entry.endedAt) - Date.parse(entry.startedAt)) / 1000
      : null,
    micros: entry.micros,
    tokens: entry.tokens,
    requests: entry.requests,
  }));

const specFacts = (feature: Feature): Summary["specs"] =>
  Object.values(feature.state.specs).map((spec) => ({
    id: spec.id,
    result: spec.result,
    branch: spec.build?.branch ?? null,
    head: spec.build?.head ?? null,
    commits: spec.build?.commits ?? 0,
    score: spec.reviews.at(-1)?.score ?? null,
  }));

/** The summary of a feature. Pure; `next` is what it waits for. */
export function summarize(feature: Feature, repository: string, next: NextStep): Summary {
  const { state } = feature;
  const phases = phaseTimes(feature);
  const specs = specFacts(feature);
  const scores = feature.events.flatMap((e) => (e.type === "ReviewScored" ? [e.score] : []));
  const { micros, tokens } = state.money.spent;
  return {
    issue: feature.issue,
    title: state.feature?.issue.title ?? "",
    status: state.status,
    phases,
    scores,
    rounds: Object.values(state.specs).reduce((sum, spec) => sum + spec.round, 0),
    plan: state.plan && {
      hash: state.plan.hash,
      revision: state.plan.revision,
      base: state.plan.base,
    },
    specs,
    branch: specs.findLast((spec) => spec.branch !== null)?.branch ?? null,
    repository,
    commits: specs.reduce((sum, spec) => sum + spec.commits, 0),
    modelCalls: phases.reduce((sum, entry) => sum + entry.requests, 0),
    cost: { usd: micros / MICROS_PER_USD, micros, unknown: state.money.unknown, tokens },
    next,
  };
}
