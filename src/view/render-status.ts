import { renderCodeSpan } from "../documents/code-span.ts";
import { formatMicros } from "../shared/money.ts";
import type { Event } from "../workflow/event.ts";
import { nextStep } from "../workflow/next-step.ts";
import type { Policy } from "../workflow/policy.ts";
import type { State } from "../workflow/state.ts";
import { describeNext } from "./describe-next.ts";
import { formatDuration } from "./format-duration.ts";
import { type StatusRow, statusRows } from "./status-rows.ts";

export const marks = { done: "✓", failed: "✗", current: "▸", open: "" } as const;

const cost = (micros: StatusRow["micros"]): string =>
  micros === undefined ? "" : formatMicros(micros);

/** Without a clock the time of what runs is when it began: the comment is edited when something happens, not every second. */
function time(row: StatusRow): string {
  const ended = row.seconds === null ? "" : formatDuration(row.seconds);
  const since = row.since === null ? "" : `since ${row.since.slice(11, 16)} UTC`;
  return [ended, since].filter(Boolean).join(" · ");
}

const line = (row: StatusRow): string =>
  `| ${marks[row.mark]} | ${row.phase} | ${row.result} | ${time(row)} | ${cost(row.micros)} |`;

/** Where the work is: the pull request of a spec is the one from its branch. */
function branches(state: State): string[] {
  const built = Object.values(state.specs).flatMap(({ id, build, result }) =>
    build && result !== "merged" ? [`${id} ${renderCodeSpan(build.branch)}`] : [],
  );
  return built.length > 0 ? ["", `Pull requests from: ${built.join(" · ")}`] : [];
}

/** Money in one line: what is spent of what, and that something had no known price. */
export function renderMoney(state: State, policy: Policy): string {
  const { spent, unknown } = state.money;
  const more = unknown
    ? ` and ${spent.tokens.toLocaleString("en-US")} tokens of unknown price`
    : "";
  return `spent ${formatMicros(spent.micros)}${more} of ${formatMicros(policy.cap.micros)}`;
}

/** The status comment (shared design of the thread): state, cost, and what can be done next. */
export function renderStatus(
  issue: number,
  state: State,
  events: readonly Event[],
  policy: Policy,
): string {
  const next = describeNext(nextStep(state, policy), policy);
  const commands =
    next.commands.length > 0 ? ["", "Next, copy one:", "```", ...next.commands, "```"] : [];
  // Of an issue on which somebody only asked there is nothing else to tell.
  const isAsked = state.status === "absent" && state.feature !== null;
  const rows = statusRows(state, events, policy).filter(({ phase }) => !isAsked || phase === "ask");
  const worked = rows.reduce((sum, row) => sum + (row.seconds ?? 0), 0);
  const foot = [
    renderMoney(state, policy),
    ...(worked > 0 ? [`worked ${formatDuration(worked)}`] : []),
    `audit trail \`refs/archwright/issues/${issue}\``,
  ];
  return [
    `**Archwright** · issue ${issue} · *${next.headline}*`,
    "",
    "| | phase | result | time | cost |",
    "|---|---|---|---|---|",
    ...rows.map(line),
    ...branches(state),
    ...commands,
    "",
    `<sub>${foot.join(" · ")}</sub>`,
  ].join("\n");
}
