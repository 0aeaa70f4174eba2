import { renderCodeSpan } from "../../documents/code-span.ts";
import type { Citation } from "./confirm-evidence.ts";

const marks = { confirmed: "✓", unproven: "~" } as const;

const place = ({ path, startLine, endLine }: Citation): string =>
  renderCodeSpan(`${path}:${startLine}${endLine > startLine ? `-${endLine}` : ""}`);

/** Longest quote that is shown: the place says where the rest stands. */
const LONGEST = 160;
function shorten(quote: string): string {
  const line = quote.replace(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

function evidenceLine(citation: Citation): string {
  const quote = renderCodeSpan(shorten(citation.quote));
  return citation.confirmed
    ? `- ${marks.confirmed} ${place(citation)}: ${quote}`
    : `- ${marks.unproven} ${place(citation)}: ${quote} (not confirmed: ${citation.note})`;
}

/** Puts beside each place in the answer whether a program found it: what was checked must look different from what was said. */
export function markPlaces(answer: string, citations: readonly Citation[]): string {
  return answer.replace(
    /`([^`\s:]{1,300}):(\d{1,7})(?:-(\d{1,7}))?`(?!`)/g,
    (span, path: string, from: string, to: string | undefined) => {
      const [start, end] = [Number(from), Number(to ?? from)];
      const isShown = citations.some(
        (each) =>
          each.confirmed && each.path === path && each.startLine <= end && each.endLine >= start,
      );
      return `${span} ${isShown ? marks.confirmed : marks.unproven}`;
    },
  );
}

/** `answers/<n>.md`: the answer, the commit that it is about, and each cited place with what code found there. */
export function renderAnswer(
  answer: string,
  citations: readonly Citation[],
  commit: string,
): string {
  const confirmed = citations.filter((each) => each.confirmed).length;
  const counted = `${confirmed} of ${citations.length} cited places confirmed`;
  const foot = `About commit \`${commit.slice(0, 12)}\`: ${citations.length > 0 ? counted : "no place is cited, so nothing of it was checked"}.`;
  return `${[markPlaces(answer.trim(), citations), citations.map(evidenceLine).join("\n"), foot]
    .filter(Boolean)
    .join("\n\n")}\n`;
}
