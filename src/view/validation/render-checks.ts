import { renderCodeSpan } from "../../documents/code-span.ts";
import type { Check } from "../../documents/schema-validation-report.ts";
import { formatMicros } from "../../shared/money.ts";
import { escapeCell } from "../escape-cell.ts";
import { fold } from "../fold.ts";

const states: Record<Check["state"], string> = {
  done: "✓",
  unsettled: "~",
  failed: "✗",
  skipped: "–",
};

/** Who answered the checks, why a larger model was asked, and what it cost: a line, with the table folded. */
export function renderChecks(checks: readonly Check[]): string {
  const asked = checks.filter(({ state }) => state !== "skipped");
  if (asked.length === 0) return "";
  const rows = checks.map((check) =>
    [states[check.state], check.name, answeredBy(check), why(check), cost(check)].map(escapeCell),
  );
  const table = [
    "| | check | answered by | why a larger model | cost |",
    "|---|---|---|---|---|",
    ...rows.map((cells) => `| ${cells.join(" | ")} |`),
  ].join("\n");
  return fold(`Who checked: ${summarize(asked)}`, table);
}

/** `4 of 4 checks, 3 by the small model, 1 by the large · $0.14`. */
function summarize(asked: readonly Check[]): string {
  const answered = asked.filter(({ tier }) => tier !== null);
  const tiers = ["small", "medium", "large"].flatMap((tier) => {
    const count = answered.filter((check) => check.tier === tier).length;
    return count === 0 ? [] : [`${count} by the ${tier} model`];
  });
  const micros = asked.some((check) => check.micros === null)
    ? null
    : asked.reduce((sum, check) => sum + (check.micros ?? 0), 0);
  const price = micros === null ? "cost unknown" : formatMicros(micros);
  return `${answered.length} of ${asked.length} answered, ${tiers.join(", ") || "none"} · ${price}`;
}

const answeredBy = ({ tier, model }: Check): string =>
  tier === null || model === null ? "" : `${tier}, ${renderCodeSpan(model)}`;

const why = ({ escalated, note }: Check): string => [...escalated, note].filter(Boolean).join("; ");

const cost = ({ state, micros }: Check): string =>
  state === "skipped" ? "" : formatMicros(micros);
