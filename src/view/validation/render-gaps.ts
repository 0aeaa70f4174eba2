import { renderCodeSpan } from "../../documents/code-span.ts";
import type { Gap } from "../../documents/schema-validation-report.ts";
import { fold } from "../fold.ts";

const lenses = {
  boundaries: "clear boundaries",
  instructions: "self-contained instructions",
  safeguards: "tests and a way back",
} as const;

const line = ({ lens, severity, source, line: at, text }: Gap): string =>
  `- ${severity === "minor" ? "~" : "✗"} **${severity}** ${text} *(${lenses[lens]})* ${renderCodeSpan(`${source}:${at}`)}`;

/** What the specs leave out: in sight where nobody could build it, else folded. */
export function renderGaps(gaps: readonly Gap[]): string {
  const grave = gaps.filter(({ severity }) => severity !== "minor");
  const rest = gaps.filter(({ severity }) => severity === "minor");
  const count = `${rest.length} ${rest.length === 1 ? "section" : "sections"}`;
  const folded = rest.length === 0 ? "" : fold(`Left empty: ${count}`, rest.map(line).join("\n"));
  return [grave.map(line).join("\n"), folded].filter(Boolean).join("\n\n");
}
