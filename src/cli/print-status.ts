import { styleText } from "node:util";
import type { Feature } from "../engine/load-feature.ts";
import { formatMicros } from "../shared/money.ts";
import { toPrintable } from "../shared/printable.ts";
import { describeNext } from "../view/describe-next.ts";
import { formatDuration } from "../view/format-duration.ts";
import { marks, renderMoney } from "../view/render-status.ts";
import { statusRows } from "../view/status-rows.ts";
import { nextStep } from "../workflow/next-step.ts";
import type { Policy } from "../workflow/policy.ts";
import type { Terminal } from "./terminal.ts";

const colours = { done: "green", failed: "red", current: "yellow", open: "dim" } as const;

const plain = (text: string): string => text.replaceAll("`", "");

/** The status table for a terminal: the same rows as the status comment, aligned. */
export function printStatus(terminal: Terminal, feature: Feature, policy: Policy): void {
  const { state, events, issue } = feature;
  const next = describeNext(nextStep(state, policy), policy);
  const rows = statusRows(state, events, policy).map((row) => ({
    ...row,
    time: row.seconds === null ? "" : formatDuration(row.seconds),
    cost: row.micros === undefined ? "" : formatMicros(row.micros),
    result: plain(row.result),
  }));
  const wide = (pick: (row: (typeof rows)[number]) => string): number =>
    Math.max(0, ...rows.map((row) => [...pick(row)].length));
  const [phases, results, times] = [
    wide((r) => r.phase),
    wide((r) => r.result),
    wide((r) => r.time),
  ];
  terminal.out("");
  const title = toPrintable(state.feature?.issue.title ?? "");
  terminal.out(`Archwright · ${issue} · ${title} · ${next.headline}`);
  for (const row of rows) {
    const mark = (marks[row.mark] || " ").padEnd(1);
    const paint = (text: string) => (terminal.colours ? styleText(colours[row.mark], text) : text);
    const cells = [
      row.phase.padEnd(phases),
      row.result.padEnd(results),
      row.time.padStart(times),
      row.cost,
    ];
    terminal.out(paint(`  ${mark} ${cells.join("  ")}`.trimEnd()));
  }
  terminal.out(`  ${renderMoney(state, policy)} · audit trail refs/archwright/issues/${issue}`);
  for (const command of next.commands) terminal.out(`  → ${command}`);
  if (next.commands.length > 0) {
    terminal.out(
      `  by \`archwright run --issue ${issue}\`, or \`archwright say "…" --issue ${issue}\``,
    );
  }
}
