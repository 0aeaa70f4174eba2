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

const line = (row: StatusRow): string =>
  `| ${marks[row.mark]} | ${row.phase} | ${row.result} | ${row.seconds === null ? "" : formatDuration(row.seconds)} | ${cost(row.micros)} |`;

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
  return [
    `**Archwright** · issue ${issue} · *${next.headline}*`,
    "",
    "| | phase | result | time | cost |",
    "|---|---|---|---|---|",
    ...statusRows(state, events, policy).map(line),
    ...commands,
    "",
    `<sub>${renderMoney(state, policy)} · audit trail \`refs/archwright/issues/${issue}\`</sub>`,
  ].join("\n");
}
