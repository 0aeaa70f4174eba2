import { formatMicros } from "../shared/money.ts";
import type { Event } from "../workflow/event.ts";
import type { Policy } from "../workflow/policy.ts";
import type { SpecState, State } from "../workflow/state.ts";
import { buildTimeline, type TimelineEntry } from "./build-timeline.ts";

/** One row of the status table: what a phase came to, how long it took and what it cost. */
export type StatusRow = {
  mark: "done" | "failed" | "current" | "open";
  phase: string;
  result: string;
  /** null where nothing ran yet. */
  seconds: number | null;
  /** When what runs began; null when nothing does. */
  since: string | null;
  /** null when unknown; undefined where nothing was spent. */
  micros: number | null | undefined;
};

const sumSeconds = (entries: readonly TimelineEntry[]): number | null => {
  const ended = entries.filter((entry) => entry.endedAt !== null);
  if (ended.length === 0) return null;
  const spans = ended.map((e) => Date.parse(e.endedAt ?? e.startedAt) - Date.parse(e.startedAt));
  return spans.reduce((sum, span) => sum + span, 0) / 1000;
};

const sumMicros = (entries: readonly TimelineEntry[]): number | null | undefined => {
  const settled = entries.filter((entry) => entry.result !== "running");
  if (settled.length === 0) return undefined;
  if (settled.some((entry) => entry.micros === null)) return null;
  return settled.reduce((sum, entry) => sum + (entry.micros ?? 0), 0);
};

type Draft = Pick<StatusRow, "mark" | "phase" | "result">;

const row = (draft: Draft, entries: readonly TimelineEntry[]): StatusRow => ({
  ...draft,
  mark: entries.some((entry) => entry.result === "running") ? "current" : draft.mark,
  seconds: sumSeconds(entries),
  since: entries.find((entry) => entry.result === "running")?.startedAt ?? null,
  micros: sumMicros(entries),
});

/** Something of the flow runs; somebody's question does not count. */
const isBusy = (state: State): boolean => state.leases.some(({ phase }) => phase !== "ask");

function designRow(state: State): Draft {
  if (state.plan) {
    const { revision, hash } = state.plan;
    return {
      mark: "done",
      phase: "design",
      result: `revision ${revision}, plan \`${hash.slice(0, 7)}\``,
    };
  }
  const waiting = state.questions.length > 0 && !isBusy(state);
  const { length } = state.questions;
  const result = waiting ? `${length} ${length === 1 ? "question is" : "questions are"} open` : "";
  return { mark: waiting ? "current" : "open", phase: "design", result };
}

function validateRow(state: State): Draft {
  const verdict = state.validation;
  const current = verdict && verdict.planHash === state.plan?.hash;
  if (!verdict || !current) return { mark: "open", phase: "validate", result: "" };
  const { checked, unproven, refuted } = verdict;
  const open = [
    unproven > 0 ? `${unproven} unproven` : "",
    refuted > 0 ? `${refuted} refuted` : "",
  ];
  const counts = [`${checked} claims checked`, ...open.filter(Boolean)].join(", ");
  const mark = verdict.verdict === "ready" ? "done" : "failed";
  return { mark, phase: "validate", result: `${verdict.verdict.replaceAll("-", " ")} · ${counts}` };
}

function approveRow(state: State, policy: Policy): Draft {
  const live = state.approvals.filter((approval) => approval.planHash === state.plan?.hash);
  const people = live.map((approval) => approval.login).join(", ");
  if (live.length >= policy.approval.quorum)
    return { mark: "done", phase: "approve", result: `by ${people}` };
  const needs = `needs ${policy.approval.quorum - live.length} of: ${policy.approval.roles.join(", ")}`;
  return {
    mark: state.plan && !isBusy(state) ? "current" : "open",
    phase: "approve",
    result: needs,
  };
}

function buildRow(state: State, spec: SpecState, only: boolean): Draft {
  const phase = only ? "build" : `build ${spec.id}`;
  if (!spec.build) {
    const estimate = state.explorations[state.selected]?.estimate;
    const range = estimate
      ? estimate.low === null && estimate.high === null
        ? "estimate unknown"
        : `estimate ${formatMicros(estimate.low)}–${formatMicros(estimate.high)}`
      : "";
    return { mark: "open", phase, result: range };
  }
  const { head, commits, round } = spec.build;
  const fix = round > 0 ? ` · fix round ${round}` : "";
  return { mark: "done", phase, result: `${commits} commits, head \`${head.slice(0, 7)}\`${fix}` };
}

function reviewRow(spec: SpecState, policy: Policy, only: boolean): Draft {
  const phase = only ? "review" : `review ${spec.id}`;
  const last = spec.reviews.at(-1);
  if (!last) return { mark: "open", phase, result: `passes at ${policy.review.threshold}` };
  const scores = spec.reviews.map((review) => review.score).join(" → ");
  const end = spec.result === "exhausted" ? " · rounds used up" : "";
  return { mark: last.accepted ? "done" : "failed", phase, result: `${scores} of 100${end}` };
}

/** Questions stand beside the flow: they have a row only where somebody asked. */
function askRows(events: readonly Event[], entries: readonly TimelineEntry[]): StatusRow[] {
  const put = events.filter(({ type }) => type === "QuestionPut").length;
  if (put === 0) return [];
  const answered = events.filter(({ type }) => type === "AnswerGiven").length;
  const mark = answered === put ? "done" : "open";
  return [row({ mark, phase: "ask", result: `${answered} of ${put} answered` }, entries)];
}

/** The rows of the status table, in the order of the flow. Pure: the same ledger gives the same rows. */
export function statusRows(state: State, events: readonly Event[], policy: Policy): StatusRow[] {
  const timeline = buildTimeline(events);
  const of = (phase: string, spec?: string): TimelineEntry[] =>
    timeline.filter(
      (entry) => entry.phase === phase && (spec === undefined || entry.spec === spec),
    );
  const specs = Object.values(state.specs);
  const only = specs.length === 1;
  const perSpec = specs.flatMap((spec) => [
    row(buildRow(state, spec, only), of("build", spec.id)),
    row(reviewRow(spec, policy, only), of("review", spec.id)),
  ]);
  return [
    row(designRow(state), of("design")),
    row(validateRow(state), of("validate")),
    row(approveRow(state, policy), []),
    ...perSpec,
    ...askRows(events, of("ask")),
  ];
}
